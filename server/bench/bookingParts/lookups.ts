import { setTimeout as pause } from 'node:timers/promises';
import { newest } from '../../areas/booking/newest.ts';
import { actOnTicket } from '../../areas/queue/actOnTicket.ts';
import { callNext, openWindow } from '../../areas/queue/callNext.ts';
import { takeWalkIn } from '../../areas/queue/kiosk.ts';
import { type Ticket, tickets } from '../../areas/queue/model.ts';
import { presentTicket } from '../../areas/queue/present.ts';
import type { QueueRoom } from '../../areas/queue/room.ts';
import { queueRules } from '../../areas/queue/settings.ts';
import { benchRoom, percentile, rounded, say } from './hall.ts';

const perSecond = 100;
const seconds = 10;
const waiting = 150;
const desks = 10;

/**
 * 100 look-ups a second while ten windows call as fast as they can: the 99th percentile of a look-up, and how many
 * look-ups did not know of a call that was over before they began (must be 0).
 */
export async function lookups(): Promise<{ lookup_p99_ms: number; lookup_stale: number }> {
  const { clock, calendar, secret, findHall, findPeople } = benchRoom();
  const room: QueueRoom = { clock, calendar, secret, findHall, findPeople, rules: queueRules };
  const kiosk = { _id: 'K', hallId: 'district', name: '', tokenHash: '', locked: false, seenAt: null };
  const take = (n: number): Promise<Ticket> =>
    takeWalkIn(room, kiosk, { group: '户政', priority: n % 10 === 0, requestId: `lookup-${n}` });
  const mine: Ticket[] = [];
  for (let n = 0; n < waiting; n++) mine.push(await take(n));
  const hall = (await findHall('district'))!;
  const numbers = hall.zones
    .flatMap((zone) => zone.windows.filter((each) => each.group === '户政'))
    .slice(0, desks);
  for (const { number } of numbers) await openWindow(room, hall.id, number, { staffId: 'S', name: '张' });

  let calls = 0;
  let last = { label: '', done: 0 };
  let open = true;
  let next = waiting;
  const calling = numbers.map(async ({ number }) => {
    while (open) {
      const called = await callNext(room, hall.id, number, 'staff:S').catch(() => null);
      if (called) {
        last = { label: called.label, done: ++calls };
        await actOnTicket(room, hall.id, number, called._id, { do: 'serve' }, 'staff:S');
        await actOnTicket(room, hall.id, number, called._id, { do: 'finish' }, 'staff:S');
        mine.push(await take(next++));
      }
      await pause(50);
    }
  });
  const took: number[] = [];
  let stale = 0;
  const looks: Promise<void>[] = [];
  const look = async (): Promise<void> => {
    const before = last;
    const from = performance.now();
    const { _id } = mine[Math.floor(Math.random() * mine.length)]!;
    const ticket = await tickets().findOne({ _id }, newest());
    const seen = await presentTicket(ticket!, room);
    took.push(performance.now() - from);
    const during = last.done - before.done; // calls that ended while this look-up ran push the label out of the last three
    if (before.label && during < 2 && !seen.nowCalling.some((each) => each.label === before.label))
      stale += 1;
  };
  const started = performance.now();
  for (let n = 0; n < perSecond * seconds; n++) {
    const due = started + (n * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await pause(early);
    looks.push(look());
  }
  await Promise.all(looks);
  open = false;
  await Promise.all(calling);
  say(`look-ups: ${took.length}, while ${calls} were called; median ${rounded(percentile(took, 0.5), 1)} ms`);
  return { lookup_p99_ms: rounded(percentile(took, 0.99), 1), lookup_stale: stale };
}
