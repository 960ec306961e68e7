import { createHash } from 'node:crypto';
import { addLocalDays, localDay, localTime } from '../core/localTime.ts';
import { textPdf } from '../core/pdf.ts';
import { type AcceptCase, type Document, Refusal, type Row, type Stage } from './shapes.ts';

/** What an office does to a case. Each act writes rows; what the case's life forbids is refused. */
export type Act =
  | { act: 'preReview'; verdict: '1' | '2'; reason?: string }
  | { act: 'accept'; verdict: '1' | '2' | '4'; reason?: string }
  | {
      act: 'correction';
      reason: string;
      fields?: string[];
      materials?: string[];
      list?: string;
      days?: number;
    }
  | { act: 'examine'; opinion?: string }
  | {
      act: 'special';
      kind: 'A' | 'B';
      name: string;
      days: number;
      unit?: 'G' | 'Z';
      reason?: string;
      approvedBy?: string;
    }
  | { act: 'specialEnd'; result: string }
  | { act: 'decide'; verdict: '0' | '1' | '2' | '4' | '6'; words?: string }
  | { act: 'collect'; way: '0' | '1'; by?: string; trackingNumber?: string }
  | { act: 'expire' };

export interface Moment {
  now: Date;
  serial: (kind: string) => number;
  /** Issues the matter's e-licence, if it has one, and answers its code. */
  licence: () => string;
}

const no = (words: string): Refusal => new Refusal(4302, words);

const only = (found: AcceptCase, stages: readonly Stage[], words: string): void => {
  if (!stages.includes(found.stage)) throw no(`${words}（当前：${found.stage}）`);
};

/** Writes a row; the same table again in one case counts up XH. */
export function write(found: AcceptCase, table: string, fields: Record<string, string>): Row {
  const row: Row = {
    table,
    fields: {
      SBLSH_SHORT: found.sblshShort,
      SXBM: found.taskCode,
      XH: String(found.rows.filter((each) => each.table === table).length + 1),
      ...fields,
      XZQHDM: '440118000000',
      VERSION: '1',
    },
  };
  found.rows.push(row);
  return row;
}

/** Does it, and answers the rows it wrote. */
export function perform(found: AcceptCase, what: Act, moment: Moment): Row[] {
  const from = found.rows.length;
  const at = localTime(moment.now);
  acts[what.act](found, what as never, at, moment);
  found.lastActAt = moment.now.toISOString();
  return found.rows.slice(from);
}

type Performs = {
  [K in Act['act']]: (found: AcceptCase, what: Extract<Act, { act: K }>, at: string, moment: Moment) => void;
};

const acts: Performs = {
  preReview(found, { verdict, reason = '' }, at) {
    only(found, ['submitted'], '不在预审中');
    write(found, 'EX_GDBS_WSYSL', { YSLZTDM: verdict, YSLYY: reason, YSLSJ: at });
    found.stage = verdict === '1' ? 'preReviewed' : 'closed';
  },
  accept(found, { verdict, reason = '' }, at, { now, serial }) {
    only(found, ['submitted', 'preReviewed'], '不能受理');
    const count = String(serial('receipt')).padStart(6, '0');
    write(found, 'EX_GDBS_SL', {
      YWLSH: `ZC${found.sblshShort.slice(6)}`,
      YWCXMM: found.queryCode,
      SLZTDM: verdict,
      BSLYY: reason,
      SLHZH: `穗增（区政务）受字〔${localDay(now).slice(0, 4)}〕第${count}号`,
      BJCKMC: 'A区综合窗口',
      BJDTBM: 'ZC-A',
      SLSJ: at,
    });
    found.stage = verdict === '1' ? 'accepted' : 'closed';
  },
  correction(found, { reason, fields = [], materials = [], list = '', days = 10 }, at, { now }) {
    only(found, ['submitted', 'preReviewed', 'accepted', 'examining'], '不能要求补正');
    const during = found.stage === 'accepted' || found.stage === 'examining';
    if (during && found.correctionsAfterAcceptance > 0) throw no('受理后只能要求补正一次');
    if (during) found.correctionsAfterAcceptance += 1;
    write(found, 'EX_GDBS_BZGZ', {
      BZGZYY: reason,
      BZCLQD: list,
      BQBZCLBM: materials.join(','),
      BZZD: fields.join(','),
      PATCH_TIMELIMIT: String(days),
      BZGZSJ: at,
    });
    found.before = found.stage;
    found.stage = 'correction';
    found.correctionUntil = localDay(new Date(afterWeekdays(now, days)));
  },
  examine(found, { opinion = '同意' }, at) {
    only(found, ['accepted', 'examining'], '不在审查中');
    if (found.examined >= 3) throw no('已经批准');
    found.examined += 1;
    write(found, 'EX_GDBS_SPCL', { SPHJDM: String(found.examined), SPYJ: opinion, SPSJ: at });
    found.stage = 'examining';
  },
  special(found, { kind, name, days, unit = 'G', reason = '', approvedBy = '' }, at) {
    only(found, ['accepted', 'examining'], '不在审查中');
    if (kind === 'A' && (days < 1 || days > 10)) throw no('延长审批不超过10个工作日');
    write(found, 'EX_GDBS_TBCXSQ', {
      TBCXZL: kind,
      TBCXMC: name,
      TBCXSX: String(days),
      TBCXSXDW: unit,
      TBCXQDLY: reason,
      TBCXPZR: approvedBy,
      TBCXSQSJ: at,
    });
    found.before = found.stage;
    found.stage = 'special';
  },
  specialEnd(found, { result }, at) {
    only(found, ['special'], '没有特别程序');
    write(found, 'EX_GDBS_TBCXJG', { TBCXJG: result, TBCXJSSJ: at });
    found.stage = found.before;
  },
  decide(found, { verdict, words }, at, { now, serial, licence }) {
    only(found, ['accepted', 'examining'], '不能办结');
    const granted = verdict === '0' || (verdict === '6' && !/不予/.test(words ?? ''));
    const number = `增${localDay(now).slice(0, 4)}${String(serial('certificate')).padStart(6, '0')}`;
    if (granted) {
      const made = notice(found, `${found.taskName}办理结果`, '结果', [`结果编号 ${number}`, '准予办理']);
      found.documents.push(made);
      const licenceCode = licence();
      found.licenceCode = licenceCode;
      write(found, 'EX_GDBS_SPJG', {
        SPJGFJ: JSON.stringify([{ id: made.id, name: made.name, md5: made.md5 }]),
        ZZBS: licenceCode,
        SPJGSJ: at,
      });
    } else if (verdict === '6') {
      found.documents.push(notice(found, '不予许可决定书', '决定书', [words ?? '不予许可']));
    }
    write(found, 'EX_GDBS_BJ', {
      BJJGDM: verdict,
      BJJGMS: words ?? (granted ? '准予许可' : '不予许可'),
      ZJBH: granted ? number : '',
      ZJYXQX: granted ? addLocalDays(localDay(now), 5 * 365) : '',
      SFJE: '0',
      BJSJ: at,
    });
    found.stage = 'closed';
  },
  collect(found, { way, by = found.applicant.name, trackingNumber = '' }, at) {
    only(found, ['closed'], '还没有办结');
    found.trackingNumber = trackingNumber;
    write(found, 'EX_GDBS_LQDJ', { LQFS: way, LQRXM: by, YJDH: trackingNumber, LQSJ: at });
    found.stage = 'collected';
  },
  expire(found, _what, at, { now }) {
    only(found, ['correction'], '没有要求补正');
    if (found.correctionUntil !== null && localDay(now) <= found.correctionUntil) throw no('补正期限未到');
    write(found, 'EX_GDBS_BJ', { BJJGDM: '5', BJJGMS: '逾期未补正，按退件处理', BJSJ: at });
    found.stage = 'closed';
  },
};

/** 补正 arrived: the case goes on where it stood. */
export function takeSupplement(found: AcceptCase, now: Date): Row {
  only(found, ['correction'], '没有要求补正');
  if (found.correctionUntil !== null && localDay(now) > found.correctionUntil) throw no('已过补正期限');
  found.stage = found.before;
  found.correctionUntil = null;
  found.lastActAt = now.toISOString();
  return write(found, 'EX_GDBS_BZSL', { BZSLSJ: localTime(now) });
}

export function takeBack(found: AcceptCase, reason: string, now: Date): Row {
  if (found.stage === 'closed' || found.stage === 'collected')
    throw new Refusal(4303, '事项已办结，不能撤回');
  found.stage = 'closed';
  return write(found, 'EX_GDBS_BJ', {
    BJJGDM: '2',
    BJJGMS: `申请人撤回：${reason}`,
    BJSJ: localTime(now),
  });
}

export function notice(found: AcceptCase, name: string, kind: string, lines: string[]): Document {
  const all = [
    `办件编号 ${found.sblshShort}`,
    `事项 ${found.taskName}`,
    `申请人 ${found.applicant.name}`,
    ...lines,
  ];
  const id = `D${found.documents.length + 1}`;
  // The text stands for the file: the same text makes the same PDF, whose digest is told beforehand.
  return { id, name: `${name}.pdf`, kind, mime: 'application/pdf', md5: digestOf(name, all), lines: all };
}

const digestOf = (title: string, lines: string[]): string =>
  createHash('md5').update(textPdf(title, lines)).digest('hex');

/** This system knows no holidays: it counts Monday to Friday. */
function afterWeekdays(now: Date, days: number): number {
  let at = now.getTime();
  for (let left = days; left > 0; ) {
    at += 86_400_000;
    const weekday = new Date(at + 8 * 3_600_000).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return at;
}
