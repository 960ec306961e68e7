import test from 'ava';
import { SlotModel } from '../areas/booking/slotModel.ts';
import { TestCitizen } from '../testing/citizen.ts';
import { freePort } from '../testing/freePort.ts';
import { useHall } from '../testing/hall.ts';
import { signInMany } from '../testing/manyPeople.ts';
import { ServerProcess } from '../testing/serverProcess.ts';

/** The world and the database are here; the servers are processes of their own, and are killed. */
const hall = useHall(test, { roles: [] });
const send = '/cgi-bin/message/template/send';
const alive = new Set<ServerProcess>();

async function start(
  roles: readonly string[],
  environment: Record<string, string> = {},
): Promise<ServerProcess> {
  const server = await ServerProcess.start(roles, { ...hall.environment, ...environment });
  alive.add(server);
  return server;
}
test.after.always(async () => {
  for (const each of alive) await each.kill();
});

const cardsOf = (citizen: string, number: string): number =>
  hall.outside.wechat.messages(citizen).filter((each) => JSON.stringify(each).includes(number)).length;

async function until(condition: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Long enough for a second message to arrive, if there were one: two polls of the worker and a lease's end. */
const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1500));

test.serial(
  'R5.1.1: kill -9 after the booking is written and before anything is sent: one message after the restart',
  async (t) => {
    t.timeout(120_000);
    const first = await start(['web']); // nobody sends yet
    const citizen = await TestCitizen.signIn(hall, 'wang');
    const booking = await citizen.book('m14', 'district');
    await first.kill();
    t.is(cardsOf('wang', booking.number!), 0);
    const second = await start(['web', 'worker', 'clock']);
    await until(() => cardsOf('wang', booking.number!) > 0, 'the message after the restart');
    await quiet();
    t.is(cardsOf('wang', booking.number!), 1);
    await second.kill();
  },
);

test.serial(
  'R5.1.1: kill -9 while WeChat has the message and the answer is under way: one message after the restart',
  async (t) => {
    t.timeout(180_000);
    hall.outside.wechat.setProfile({ dropResponses: 1, paths: [send] });
    const first = await start(['web', 'worker', 'clock']);
    const citizen = await TestCitizen.signIn(hall, 'li');
    const booking = await citizen.book('m14', 'district');
    await until(() => cardsOf('li', booking.number!) > 0, 'the message without an answer');
    await first.kill();
    hall.outside.wechat.setProfile({ dropResponses: 0, paths: [] });
    const second = await start(['web', 'worker', 'clock']);
    const again = await TestCitizen.signIn(hall, 'li');
    const mine = await again.ask<{ notices: { fields: { value: string }[] }[] }>('GET', '/api/notices');
    t.true(JSON.stringify(mine.body).includes(booking.number!));
    await quiet();
    t.is(cardsOf('li', booking.number!), 1);
    await second.stop();
  },
);

test.serial(
  'R5.1.1: 50 people race for the last place through two server processes: one wins, 49 are told so',
  async (t) => {
    t.timeout(180_000);
    const [one, two] = await Promise.all([
      start(['web']),
      freePort().then((port) => start(['web'], { PORT: String(port) })),
    ]);
    const citizen = await TestCitizen.signIn(hall, 'chen');
    const slot = await citizen.findSlot('m18', 'district', 2);
    const people = await signInMany(50);
    // The slot is made by a first look at it, then shrunk to its last place.
    await citizen.ask('POST', '/api/bookings', slot);
    const made = await SlotModel.findOne({ 'holders.personId': citizen.personId }).lean();
    await SlotModel.updateOne({ _id: made!._id }, { $set: { left: made!.holders[0]!.units } });
    const answers = await Promise.all(
      people.map(async ({ token }, index) => {
        const response = await fetch(`${(index % 2 ? one : two).url}/api/bookings`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(slot),
        });
        return { status: response.status, body: (await response.json()) as { error?: { id: string } } };
      }),
    );
    t.is(answers.filter((each) => each.status === 200).length, 1);
    const refused = answers.filter((each) => each.status === 409);
    t.is(refused.length, 49);
    for (const each of refused) t.is(each.body.error?.id, 'booking.slot_full');
    await Promise.all([one.stop(), two.stop()]);
  },
);
