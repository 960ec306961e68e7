import type { CaseTable } from './caseEvent.ts';

/** Which column of a table says when it happened. Where no sample names it, it is agreed with the exchange ([I] in README). */
export const timeColumn: Readonly<Record<CaseTable, string>> = {
  EX_GDBS_SB: 'SBSJ',
  EX_GDBS_SBCL: 'CLSJ',
  EX_GDBS_WSYSL: 'YSLSJ',
  EX_GDBS_SL: 'SLSJ',
  EX_GDBS_SPCL: 'SPSJ',
  EX_GDBS_BZGZ: 'BZGZSJ',
  EX_GDBS_BJGZ: 'BJGZSJ',
  EX_GDBS_BZSL: 'BZSLSJ',
  EX_GDBS_BJSL: 'BJSLSJ',
  EX_GDBS_TBCXSQ: 'TBCXSQSJ',
  EX_GDBS_TBCXJG: 'TBCXJSSJ',
  EX_GDBS_SPJG: 'SPJGSJ',
  EX_GDBS_BJ: 'BJSJ',
  EX_GDBS_LQDJ: 'LQSJ',
};

type Codes<T extends string> = Readonly<Record<string, T>>;

/** A word for a code, `unknown` for one we have not met: it survives in the raw row. */
export const wordFor =
  <T extends string>(codes: Codes<T>) =>
  (code: string | undefined): T | 'unknown' =>
    codes[(code ?? '').trim()] ?? 'unknown';

/** The other way; undefined for `unknown`. */
export const codeFor = (codes: Codes<string>, word: string): string | undefined =>
  Object.entries(codes).find(([, each]) => each === word)?.[0];

export const applicantKinds = { '1': 'person', '2': 'firm', '3': 'other' } as const;
export const channels = {
  '0': 'pc',
  '1': 'app',
  '2': 'wap',
  '3': 'wechat',
  '4': 'alipay',
  '9': 'other',
} as const;
/** YSLZTDM */
export const preReviewVerdicts = { '1': 'passed', '2': 'refused', '3': 'correction' } as const;
/** SLZTDM */
export const acceptVerdicts = {
  '1': 'accepted',
  '2': 'notAccepted',
  '3': 'correction',
  '4': 'refused',
} as const;
/** SPHJDM */
export const stages = { '1': 'handling', '2': 'review', '3': 'approval' } as const;
/** BJJGDM */
export const closings = {
  '0': 'issued',
  '1': 'returned',
  '2': 'voided',
  '3': 'deleted',
  '4': 'transferred',
  '5': 'correctionExpired',
  '6': 'done',
} as const;
export const collections = { '0': 'window', '1': 'post' } as const;
