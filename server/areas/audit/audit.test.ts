import test from 'ava';
import { useDatabase } from '../../testing/database.ts';
import { AuditModel } from './model.ts';
import { recordAudit } from './recordAudit.ts';

useDatabase(test);

test('the ledger only grows: no update, no removal through its model', async (t) => {
  const at = new Date('2026-11-25T01:00:00Z');
  await recordAudit({ at, actor: { kind: 'staff', id: 'S1' }, act: 'staff.signedIn', result: 'ok' });
  for (const attempt of [
    () => AuditModel.updateOne({}, { $set: { act: 'x.y' } }),
    () => AuditModel.updateMany({}, { $set: { act: 'x.y' } }),
    () => AuditModel.findOneAndUpdate({}, { $set: { act: 'x.y' } }),
    () => AuditModel.replaceOne({}, { act: 'x.y' }),
    () => AuditModel.deleteOne({}),
    () => AuditModel.deleteMany({}),
    () => AuditModel.findOneAndDelete({}),
  ]) {
    await t.throwsAsync(async () => await attempt(), { message: /append-only/ });
  }
  const rows = await AuditModel.find({}).lean();
  t.is(rows.length, 1);
  t.like(rows[0], { act: 'staff.signedIn', result: 'ok', actor: { kind: 'staff', id: 'S1' }, facts: {} });
});
