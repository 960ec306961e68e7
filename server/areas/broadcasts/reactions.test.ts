import test from 'ava';
import { classOf } from '../../wechat/official-account/errors.ts';
import { reactionTo } from '../notices/rules.ts';
import { outcomeOf } from './reactions.ts';

const noon = new Date('2026-11-25T04:00:00Z'); // 12:00 in Beijing
const tomorrow = new Date('2026-11-25T16:00:20Z');
const first = { attempts: 1, firstTriedAt: noon, now: noon };

/** Every code of WeChat's that can meet a send: the receiver's row, the whole broadcast, and a personal notice. */
const table: readonly (readonly [number, string, string, string])[] = [
  [-1, 'waiting', 'strained', 'again'],
  [268487001, 'waiting', 'strained', 'again'],
  [268487002, 'waiting', 'strained', 'again'],
  [43108, 'waiting', 'strained', 'again'],
  [40001, 'waiting', 'strained', 'again'],
  [40014, 'waiting', 'strained', 'again'],
  [42001, 'waiting', 'strained', 'again'],
  [45011, 'waiting', 'slower', 'again'],
  [45009, 'waiting', 'rest', 'again'],
  [48001, 'waiting', 'halt', 'again'],
  [48004, 'waiting', 'halt', 'again'],
  [43116, 'waiting', 'halt', 'again'],
  [40037, 'waiting', 'halt', 'again'],
  [40036, 'waiting', 'halt', 'again'],
  [40013, 'waiting', 'halt', 'again'],
  [40125, 'waiting', 'halt', 'again'],
  [40164, 'waiting', 'halt', 'again'],
  [40249, 'waiting', 'halt', 'again'],
  [40003, 'refused', 'on', 'nextChannel'],
  [43004, 'refused', 'on', 'nextChannel'],
  [43019, 'refused', 'on', 'nextChannel'],
  [43101, 'refused', 'on', 'nextChannel'],
  [48002, 'refused', 'on', 'nextChannel'],
  [50002, 'refused', 'on', 'nextChannel'],
  [50005, 'refused', 'on', 'nextChannel'],
  [47001, 'failed', 'on', 'giveUp'],
  [47003, 'failed', 'on', 'giveUp'],
  [40039, 'failed', 'on', 'giveUp'],
  [41030, 'failed', 'on', 'giveUp'],
];

for (const [code, row, run, notice] of table) {
  test(`R9: error ${code} leaves the receiver ${row}, the broadcast goes ${run}, a notice: ${notice}`, (t) => {
    const outcome = outcomeOf(classOf(code), first);
    t.is(outcome.state as string, row);
    t.is(outcome.run as string, run);
    t.true(outcome.sure, 'WeChat answered: it did not send');
    t.is(reactionTo(classOf(code), first).do as string, notice);
  });
}

test('quota reached at noon: the broadcast and the notice wait for midnight in Beijing', (t) => {
  t.deepEqual(outcomeOf('quota', first).dueAt, tomorrow);
  const reaction = reactionTo('quota', first);
  t.is(reaction.do === 'again' && reaction.at.getTime(), tomorrow.getTime());
});

test('no answer: repeated with the same id inside WeChat’s 10 minutes, never after', (t) => {
  const early = outcomeOf('unknown', {
    attempts: 3,
    firstTriedAt: noon,
    now: new Date(noon.getTime() + 60_000),
  });
  t.is(early.state, 'waiting');
  t.false(early.sure);
  const late = { attempts: 6, firstTriedAt: noon, now: new Date(noon.getTime() + 9 * 60_000) };
  t.is(outcomeOf('unknown', late).state, 'unknown');
  t.deepEqual(reactionTo('unknown', late), { do: 'giveUp', state: 'unknown' });
});

test('a receiver whom WeChat is never ready for fails after ten tries, a notice after sixty', (t) => {
  t.is(outcomeOf('retry', { ...first, attempts: 10 }).state, 'failed');
  t.deepEqual(reactionTo('retry', { ...first, attempts: 60 }), { do: 'giveUp', state: 'failed' });
});
