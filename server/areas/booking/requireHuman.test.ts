import test from 'ava';
import { useDatabase } from '../../testing/database.ts';
import { leadingZeroBits } from './humanRules.ts';
import { requireHuman } from './requireHuman.ts';
import { serveBooking, type TestApp } from './testing/app.ts';
import { clearAll } from './testing/clear.ts';
import { type TestRoom, testRoom } from './testing/room.ts';

useDatabase(test);
test.beforeEach(clearAll);

const wish = { matter: 'id', hall: 'small', date: '2026-11-26', start: '09:00' };
const few = { personPerMinute: 3, addressPerMinute: 1000, difficultyBits: 8, passHolds: 2 };

function strict(change: Partial<TestRoom['rules']['antiBot']> = {}): TestRoom {
  const room = { ...testRoom(20), burstFactor: 1 };
  room.rules = { ...room.rules, antiBot: { ...room.rules.antiBot, ...few, ...change } };
  return room;
}
const ask = (app: TestApp, who: string, proof?: unknown) =>
  app.post('/api/bookings', `${who}:1`, { ...wish, ...(proof ? { proof } : {}) });
async function burst(app: TestApp, who: string) {
  for (let count = 0; count < few.personPerMinute; count++) await ask(app, who);
  return (await ask(app, who)).body.error;
}
const solve = ({ salt, bits }: { salt: string; bits: number }): string => {
  for (let nonce = 0; ; nonce++) if (leadingZeroBits(salt, String(nonce)) >= bits) return String(nonce);
};

test.serial(
  'on a burst the server asks for a proof; the work done lets the person go on, for some holds',
  async (t) => {
    const app = await serveBooking(strict());
    t.teardown(app.close);
    const error = await burst(app, 'wang');
    t.is(error.id, 'booking.prove_human');
    t.regex(error.message, /12345/);
    const { challenge } = error.details;
    t.is((await ask(app, 'li')).status, 200, 'others are not asked');
    const nonce = solve(challenge);
    t.is((await ask(app, 'li', { challenge: challenge.id, nonce })).status, 200);
    const proof = { challenge: challenge.id, nonce };
    t.is((await ask(app, 'wang', proof)).status, 200);
    t.is((await ask(app, 'wang')).status, 200);
    const third = await ask(app, 'wang', proof);
    t.is(third.body.error.id, 'booking.prove_human', 'a proof is good once');
    t.not(third.body.error.details.challenge.id, challenge.id);
  },
);

test.serial(
  'a question with words is the other way; three wrong answers and there is another challenge',
  async (t) => {
    const questions = [{ ask: '三加五等于几？', answers: ['8', '八'] }];
    const app = await serveBooking(strict({ questions, difficultyBits: 24 }));
    t.teardown(app.close);
    const { challenge } = (await burst(app, 'wang')).details;
    t.is(challenge.question, '三加五等于几？');
    t.is((await ask(app, 'wang', { challenge: challenge.id, nonce: '0' })).status, 403);
    const wrong = await ask(app, 'wang', { challenge: challenge.id, answer: '9' });
    t.like(wrong.body.error.details, { wrong: true });
    await ask(app, 'wang', { challenge: challenge.id, answer: '9' });
    const late = await ask(app, 'wang', { challenge: challenge.id, answer: '八' });
    t.is(late.status, 403, 'guessed too often');
    const next = late.body.error.details.challenge;
    t.not(next.id, challenge.id);
    t.is((await ask(app, 'wang', { challenge: next.id, answer: ' 八。' })).status, 200);
  },
);

test.serial('many people behind one address are asked too, each for themselves', async (t) => {
  const app = await serveBooking(strict({ addressPerMinute: 5 }));
  t.teardown(app.close);
  const answers = [];
  for (let index = 0; index < 8; index++) answers.push((await ask(app, `P${index}`)).status);
  t.deepEqual(answers, [200, 200, 200, 200, 200, 403, 403, 403]);
});

test.serial('several processes count as one, and one proof is taken once', async (t) => {
  const rooms = [strict(), strict()]; // two processes share nothing but the database
  const who = { personId: 'wang', address: '10.0.0.1' };
  const outcomes = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) => requireHuman(rooms[index % 2]!, who, undefined)),
  );
  t.is(outcomes.filter((each) => each.status === 'fulfilled').length, few.personPerMinute);
  const refused = outcomes.find((each) => each.status === 'rejected') as PromiseRejectedResult;
  const { challenge } = refused.reason.details;
  const proof = { challenge: challenge.id, nonce: solve(challenge) };
  const again = await Promise.allSettled(
    Array.from({ length: 6 }, (_, index) => requireHuman(rooms[index % 2]!, who, proof)),
  );
  t.is(again.filter((each) => each.status === 'fulfilled').length, few.passHolds);
});

test.serial('the next minute nobody is asked any more', async (t) => {
  const room = strict();
  let wall = new Date('2026-11-25T00:40:10Z');
  const clocked = { ...room, clock: { now: () => wall, wall: () => wall, monotonic: () => 0 } };
  const who = { personId: 'wang', address: '10.0.0.1' };
  for (let count = 0; count < 3; count++) await requireHuman(clocked, who, undefined);
  await t.throwsAsync(requireHuman(clocked, who, undefined));
  wall = new Date('2026-11-25T00:41:00Z');
  await t.notThrowsAsync(requireHuman(clocked, who, undefined));
});
