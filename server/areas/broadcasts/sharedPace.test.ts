import test from 'ava';
import { type Seat, SharedPace } from './sharedPace.ts';

const settings = {
  personalReserve: { share: 0.1, atLeast: 50 },
  haltBroadcastAt: { failedShare: 0.2, afterSends: 200 },
  keepListsDays: 30,
  broadcastsAtOnce: 3,
};
/** WeChat's quota, as it counts by itself. */
function bench(dailyLimit: number) {
  const state = { used: 0, asked: 0 };
  const quota = async () => {
    state.asked += 1;
    await tick();
    return { dailyLimit, used: state.used, remain: dailyLimit - state.used, rate: null };
  };
  return { state, pace: new SharedPace({ account: { quota } as never, settings }, 10) };
}
const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lanes of one broadcast until the quota or `most` ends it; each call takes some turns of the loop. */
async function broadcast(pace: SharedPace, send: () => void, most: number, watch?: (seat: Seat) => void) {
  const seat = await pace.join();
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun < most) {
      begun += 1;
      if (!(await pace.spend())) return;
      await pace.begin(seat);
      watch?.(seat);
      await tick();
      send();
      await tick();
      pace.settled();
      pace.done(seat);
    }
  };
  await Promise.all(Array.from({ length: 10 }, lane));
  pace.leave(seat);
}

test('R9: broadcasts together leave exactly the reserve of the day to personal notices', async (t) => {
  const { state, pace } = bench(1000);
  const send = (): void => {
    state.used += 1;
  };
  await Promise.all([1, 2, 3].map(() => broadcast(pace, send, Number.POSITIVE_INFINITY)));
  t.is(state.used, 900);
  t.true(state.asked <= 4, 'asked when it began and when it seemed used up');
});

test('R9: one alone has all calls; two have half each; never more than all together', async (t) => {
  const { pace } = bench(100_000);
  const seats = new Set<Seat>();
  const peak = { alone: 0, beside: 0, together: 0 };
  const count = { first: 0, second: 0 };
  let second: Promise<void> | null = null;
  let settledIn = false;
  await broadcast(
    pace,
    () => {
      if (settledIn) count.first += 1;
    },
    2000,
    (seat) => {
      seats.add(seat);
      if (!second) peak.alone = Math.max(peak.alone, seat.inFlight);
      peak.together = Math.max(
        peak.together,
        [...seats].reduce((sum, each) => sum + each.inFlight, 0),
      );
      if (peak.alone < 10 || second) return;
      second = broadcast(
        pace,
        () => {
          settledIn ||= seat.inFlight <= 5;
          if (settledIn) count.second += 1;
        },
        500,
        (other) => {
          seats.add(other);
          peak.beside = Math.max(peak.beside, other.inFlight);
        },
      ).then(() => {
        settledIn = false;
      });
    },
  );
  await second;
  t.is(peak.alone, 10);
  t.is(peak.beside, 5);
  t.is(peak.together, 10);
  t.true(Math.abs(count.first - count.second) < 60, `${count.first} and ${count.second}`);
});

test('a quota that cannot be read ends the broadcast that asked, and the next one asks again', async (t) => {
  let fails = true;
  const quota = async () => {
    if (fails) throw new Error('away');
    return { dailyLimit: 1000, used: 0, remain: 1000, rate: null };
  };
  const pace = new SharedPace({ account: { quota } as never, settings }, 2);
  await t.throwsAsync(pace.join(), { message: 'away' });
  fails = false;
  await pace.join();
  t.true(await pace.spend());
});
