import { type AcceptCase, Refusal, type Row, type Stage } from './shapes.ts';

/** What a window of the hall did in its own console becomes part of the case. False: it was known already. */
export function takeReport(found: AcceptCase, row: Row, now: Date): boolean {
  const version = Number(row.fields['VERSION'] ?? '1');
  const same = found.rows.find(
    (each) =>
      each.table === row.table && each.fields['XH'] === row.fields['XH'] && row.fields['XH'] !== undefined,
  );
  if (same && Number(same.fields['VERSION']) >= version) return false;
  const next = stageAfter(found, row);
  if (same) same.fields = row.fields;
  else found.rows.push(row);
  found.stage = next;
  found.byHand = true;
  found.lastActAt = now.toISOString();
  return true;
}

function stageAfter(found: AcceptCase, { table, fields }: Row): Stage {
  const over = found.stage === 'closed' || found.stage === 'collected';
  const late = table === 'EX_GDBS_LQDJ' || table === 'EX_GDBS_SPJG';
  if (over !== (table === 'EX_GDBS_LQDJ') && !(over && late))
    throw new Refusal(4302, over ? '已办结' : '还没有办结');
  switch (table) {
    case 'EX_GDBS_WSYSL':
      return fields['YSLZTDM'] === '2' ? 'closed' : fields['YSLZTDM'] === '1' ? 'preReviewed' : found.stage;
    case 'EX_GDBS_SL':
      return fields['SLZTDM'] === '1' ? 'accepted' : fields['SLZTDM'] === '3' ? found.stage : 'closed';
    case 'EX_GDBS_BZGZ':
    case 'EX_GDBS_BJGZ':
      if (found.stage !== 'correction') found.before = found.stage;
      found.correctionUntil = null; // the hall keeps this clock
      return 'correction';
    case 'EX_GDBS_BZSL':
    case 'EX_GDBS_BJSL':
      return found.stage === 'correction' ? found.before : found.stage;
    case 'EX_GDBS_SPCL':
      found.examined = Number(fields['SPHJDM']) || found.examined;
      return 'examining';
    case 'EX_GDBS_TBCXSQ':
      if (fields['TBCXZL'] === 'A' && !(Number(fields['TBCXSX']) >= 1 && Number(fields['TBCXSX']) <= 10))
        throw new Refusal(4302, '延长审批不超过10个工作日');
      if (found.stage !== 'special') found.before = found.stage;
      return 'special';
    case 'EX_GDBS_TBCXJG':
      return found.stage === 'special' ? found.before : found.stage;
    case 'EX_GDBS_BJ':
      return 'closed';
    case 'EX_GDBS_LQDJ':
      return 'collected';
    default:
      return found.stage;
  }
}
