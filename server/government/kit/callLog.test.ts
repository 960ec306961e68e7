import test from 'ava';
import { useDatabase } from '../../testing/database.ts';
import { CallLog, CallModel, type CallRow } from './callLog.ts';

useDatabase(test);

const row = (id: string): CallRow => ({
  ...{ _id: id, system: 'items', operation: 'read', at: new Date(), actor: 'system', purpose: '测试' },
  ...{ matterCode: null, args: {}, requestId: null, result: 'begun', attempts: 0, ms: null },
});

test('an outcome that comes while others are written is written too, and the log can be flushed ever after', async (t) => {
  const log = new CallLog();
  for (let i = 0; i < 40; i++) {
    log.begin(row(`call-${i}`), true);
    await log.end(`call-${i}`, 'ok', 1, 5);
    const flushed = log.flush();
    void log.end(`call-${i}`, 'ok', 2, 6); // sets the timer while a write is under way
    await flushed;
    // The timer of a row that the write under way took along must not leave the log stuck.
    if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 300));
  }
  await log.flush();
  t.is(await CallModel.countDocuments({ result: 'ok', attempts: 2 }), 40);
});

test('a look-up that ends soon is written once, with its outcome, before its answer goes on', async (t) => {
  const log = new CallLog();
  log.begin(row('soon'), false);
  await log.end('soon', 'ok', 1, 4);
  t.like(await CallModel.findById('soon').lean(), { result: 'ok', attempts: 1, ms: 4 });
});

test('a look-up that takes long, and a call that changes something, have their rows while they are under way', async (t) => {
  const log = new CallLog();
  log.begin(row('long'), false);
  log.begin(row('order'), true);
  const found = async (): Promise<number> =>
    CallModel.countDocuments({ _id: { $in: ['long', 'order'] }, result: 'begun' });
  for (let i = 0; i < 300 && (await found()) < 2; i++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  t.is(await found(), 2);
  await Promise.all([log.end('long', 'slow:slow', 1, 900), log.end('order', 'ok', 1, 900)]);
  await log.flush();
  t.is(await CallModel.countDocuments({ _id: { $in: ['long', 'order'] }, ms: 900 }), 2);
});

test('what is under way when the log is flushed has its row', async (t) => {
  const log = new CallLog();
  log.begin(row('closing'), false);
  await log.flush();
  t.like(await CallModel.findById('closing').lean(), { result: 'begun' });
});

test('no answer without its row: what keeps it from being written is thrown to the caller', async (t) => {
  const log = new CallLog();
  log.begin(row('twice'), true);
  await log.end('twice', 'ok', 1, 1);
  log.begin(row('twice'), false);
  await t.throwsAsync(log.end('twice', 'ok', 1, 1), { message: /duplicate key/ });
  log.begin(row('twice'), true);
  await t.throwsAsync(log.end('twice', 'ok', 1, 1), { message: /duplicate key/ });
});
