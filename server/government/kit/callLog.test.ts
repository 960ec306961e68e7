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
    await log.begin(row(`call-${i}`));
    log.end(`call-${i}`, 'ok', 1, 5);
    const flushed = log.flush();
    log.end(`call-${i}`, 'ok', 2, 6); // sets the timer while a write is under way
    await flushed;
    // The timer of a row that the write under way took along must not leave the log stuck.
    if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 300));
  }
  await log.flush();
  t.is(await CallModel.countDocuments({ result: 'ok', attempts: 2 }), 40);
});
