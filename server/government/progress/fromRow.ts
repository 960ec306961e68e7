import { parseBeijingTime } from '../kit/beijingTime.ts';
import { cleanLine, cleanText } from '../kit/cleanText.ts';
import type { FrontRow } from '../kit/frontTable.ts';
import type {
  Accepted,
  Applied,
  CaseEvent,
  CaseEventFacts,
  CaseTable,
  Closed,
  Collected,
  CorrectionAsked,
  Examined,
  MaterialHandedIn,
  PreReviewed,
  ResultMade,
  SpecialBegun,
} from './caseEvent.ts';
import { caseTables } from './caseEvent.ts';
import {
  acceptVerdicts,
  applicantKinds,
  channels,
  closings,
  collections,
  preReviewVerdicts,
  stages,
  timeColumn,
  wordFor,
} from './columns.ts';

/** A row of the exchange set as an event; null when it is of no table we know, of no case, or of no time. */
export function eventFromRow(table: string, row: FrontRow): CaseEvent | null {
  const known = caseTables.find((each) => each === table.trim().toUpperCase());
  const caseNumber = (row['SBLSH_SHORT'] ?? '').trim();
  if (!known || caseNumber === '') return null;
  const at = parseBeijingTime(row[timeColumn[known]]) ?? parseBeijingTime(row['INSERTTIME']);
  if (!at) return null;
  const version = Number(row['VERSION'] || '1');
  const facts: CaseEventFacts = {
    key: `${known}/${caseNumber}/${occurrenceOf(known, row)}`,
    version: Number.isInteger(version) && version > 0 ? version : 1,
    table: known,
    caseNumber,
    matterCode: text(row['SXBM']),
    at,
  };
  return { ...facts, ...details[known](row) };
}

/** What tells two rows of one table and case apart: the material, the stage of examination, else the count in XH. */
function occurrenceOf(table: CaseTable, row: FrontRow): string {
  if (table === 'EX_GDBS_SPCL') return (row['SPHJDM'] || '1').trim();
  return (row['XH'] || '1').trim();
}

/** `-1` and blanks mean nothing. */
function text(value: string | undefined): string | null {
  const clean = cleanLine(value);
  return clean === '' || clean === '-1' ? null : clean;
}
const list = (value: string | undefined): string[] =>
  (value ?? '').split(/[,，;；|]/).flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
const number = (value: string | undefined): number | null =>
  /^\d{1,4}$/.test((value ?? '').trim()) ? Number(value) : null;

const details: Readonly<Record<CaseTable, (row: FrontRow) => CaseEventDetails>> = {
  EX_GDBS_SB: (row): Applied => {
    const kind = wordFor(applicantKinds)(row['SQRLX']);
    const channel = wordFor(channels)(row['WSSBQD']);
    return {
      step: 'applied',
      matterName: text(row['SXMC']),
      situation: text(row['SXQXBM']),
      applicant: {
        kind: kind === 'unknown' ? 'other' : kind,
        name: cleanLine(row['SQRMC']),
        idNumber: text(row['SQRZJHM']),
      },
      contact: { name: text(row['LXRXM']), phone: text(row['LXRSJ']) },
      channel: text(row['WSSBQD']) === null ? 'hall' : channel === 'unknown' ? 'other' : channel,
      userIdCode: text(row['USERIDCODE']),
      receiptNumber: text(row['SBHZH']),
    };
  },
  EX_GDBS_SBCL: (row): MaterialHandedIn => ({
    step: 'material',
    material: cleanLine(row['STUFF_SEQ']),
    name: text(row['CLMC']) ?? text(row['ATTACH_NAME']) ?? '',
    md5: text(row['ATTACH_SIGN'])?.toLowerCase() ?? null,
  }),
  EX_GDBS_WSYSL: (row): PreReviewed => ({
    step: 'preReviewed',
    verdict: wordFor(preReviewVerdicts)(row['YSLZTDM']),
    reason: text(row['YSLYY']),
  }),
  EX_GDBS_SL: (row): Accepted => ({
    step: 'accepted',
    verdict: wordFor(acceptVerdicts)(row['SLZTDM']),
    reason: text(row['BSLYY']),
    businessNumber: text(row['YWLSH']),
    queryCode: text(row['YWCXMM']),
    receiptNumber: text(row['SLHZH']),
    window: text(row['BJCKMC']),
    hallCode: text(row['BJDTBM']),
  }),
  EX_GDBS_SPCL: (row): Examined => ({
    step: 'examined',
    stage: wordFor(stages)(row['SPHJDM']),
    opinion: text(row['SPYJ']),
  }),
  EX_GDBS_BZGZ: (row) => correction(row),
  EX_GDBS_BJGZ: (row) => correction(row),
  EX_GDBS_BZSL: () => ({ step: 'correctionTaken' }),
  EX_GDBS_BJSL: () => ({ step: 'correctionTaken' }),
  EX_GDBS_TBCXSQ: (row): SpecialBegun => {
    const days = number(row['TBCXSX']);
    const kind = (row['TBCXZL'] ?? '').trim();
    return {
      step: 'specialBegun',
      kind: kind === 'A' || kind === 'B' ? kind : 'unknown',
      name: text(row['TBCXMC']),
      limit:
        days === null || days === 0 ? null : { days, unit: row['TBCXSXDW'] === 'Z' ? 'natural' : 'working' },
      reason: text(row['TBCXQDLY']),
      approvedBy: text(row['TBCXPZR']),
    };
  },
  EX_GDBS_TBCXJG: (row) => ({ step: 'specialEnded', result: text(row['TBCXJG']) }),
  EX_GDBS_SPJG: (row): ResultMade => ({
    step: 'result',
    documents: documents(row['SPJGFJ']),
    licenceCode: text(row['ZZBS']),
  }),
  EX_GDBS_BJ: (row): Closed => {
    const verdict = wordFor(closings)(row['BJJGDM']);
    const words = text(row['BJJGMS']);
    return {
      step: 'closed',
      verdict,
      granted: grantedBy(verdict, words),
      words,
      certificateNumber: text(row['ZJBH']),
      validUntil: text(row['ZJYXQX']),
    };
  },
  EX_GDBS_LQDJ: (row): Collected => ({
    step: 'collected',
    way: wordFor(collections)(row['LQFS']),
    by: text(row['LQRXM']),
    trackingNumber: text(row['YJDH']),
  }),
};

type Details<E> = E extends CaseEventFacts ? Omit<E, keyof CaseEventFacts> : never;
export type CaseEventDetails = Details<CaseEvent>;

const correction = (row: FrontRow): CorrectionAsked => ({
  step: 'correctionAsked',
  reason: text(row['BZGZYY']) ?? text(row['BJGZYY']),
  materials: list(row['BQBZCLBM']),
  fields: list(row['BZZD']),
  list: cleanText(row['BZCLQD']) || null,
  limitDays: number(row['PATCH_TIMELIMIT']),
});

/** 0 is a certificate in hand; 6 says yes or no only in words. */
function grantedBy(verdict: Closed['verdict'], words: string | null): boolean | null {
  if (verdict === 'issued') return true;
  if (verdict !== 'done') return null;
  if (/不予|不准予|不通过|驳回/.test(words ?? '')) return false;
  return /准予|通过|同意|办结/.test(words ?? '') ? true : null;
}

function documents(json: string | undefined): ResultMade['documents'] {
  try {
    const value: unknown = JSON.parse(json || '[]');
    return (Array.isArray(value) ? value : []).flatMap((each: unknown) => {
      const { id, name, md5 } = (each ?? {}) as Record<string, unknown>;
      return typeof id === 'string' && typeof name === 'string'
        ? [{ id, name, md5: typeof md5 === 'string' ? md5 : null }]
        : [];
    });
  } catch {
    return [];
  }
}
