/**
 * What happened to a case, as the province's exchange set (EX_GDBS_*) tells it. The acceptance system's callbacks and the progress
 * exchange carry the same rows, so both adapters give this shape. Events come twice, late and in any order: keep them by `key`,
 * derive the state from all of them, never from the order of arrival.
 */
export type CaseEvent = CaseEventFacts &
  (
    | Applied
    | MaterialHandedIn
    | PreReviewed
    | Accepted
    | Examined
    | CorrectionAsked
    | CorrectionTaken
    | SpecialBegun
    | SpecialEnded
    | ResultMade
    | Closed
    | Collected
  );

export interface CaseEventFacts {
  /** Table, case and occurrence: the same thing reported again has the same key. */
  readonly key: string;
  /** Of one key the highest version counts; it replaces the lower ones whole. */
  readonly version: number;
  readonly table: CaseTable;
  /** SBLSH_SHORT, 20 digits, a text. */
  readonly caseNumber: string;
  /** 实施编码 of the matter; null where the row leaves it out. */
  readonly matterCode: string | null;
  /** When it happened, by the office's clock. */
  readonly at: Date;
}

export const caseTables = [
  'EX_GDBS_SB',
  'EX_GDBS_SBCL',
  'EX_GDBS_WSYSL',
  'EX_GDBS_SL',
  'EX_GDBS_SPCL',
  'EX_GDBS_BZGZ',
  'EX_GDBS_BJGZ',
  'EX_GDBS_BZSL',
  'EX_GDBS_BJSL',
  'EX_GDBS_TBCXSQ',
  'EX_GDBS_TBCXJG',
  'EX_GDBS_SPJG',
  'EX_GDBS_BJ',
  'EX_GDBS_LQDJ',
] as const;
export type CaseTable = (typeof caseTables)[number];

/** SB 申办 */
export interface Applied {
  readonly step: 'applied';
  readonly matterName: string | null;
  readonly situation: string | null;
  readonly applicant: {
    readonly kind: 'person' | 'firm' | 'other';
    readonly name: string;
    readonly idNumber: string | null;
  };
  readonly contact: { readonly name: string | null; readonly phone: string | null };
  /** WSSBQD: where it was handed in; `hall` when the row names none. */
  readonly channel: 'pc' | 'app' | 'wap' | 'wechat' | 'alipay' | 'other' | 'hall';
  /** USERIDCODE of the identity platform. */
  readonly userIdCode: string | null;
  readonly receiptNumber: string | null;
}

/** SBCL 材料 */
export interface MaterialHandedIn {
  readonly step: 'material';
  readonly material: string;
  readonly name: string;
  readonly md5: string | null;
}

/** WSYSL 网上预受理 */
export interface PreReviewed {
  readonly step: 'preReviewed';
  readonly verdict: 'passed' | 'refused' | 'correction' | 'unknown';
  readonly reason: string | null;
}

/** SL 受理 */
export interface Accepted {
  readonly step: 'accepted';
  /** `notAccepted` 不受理, `refused` 不予受理. */
  readonly verdict: 'accepted' | 'notAccepted' | 'correction' | 'refused' | 'unknown';
  readonly reason: string | null;
  readonly businessNumber: string | null;
  readonly queryCode: string | null;
  readonly receiptNumber: string | null;
  readonly window: string | null;
  readonly hallCode: string | null;
}

/** SPCL 审批 */
export interface Examined {
  readonly step: 'examined';
  readonly stage: 'handling' | 'review' | 'approval' | 'unknown';
  readonly opinion: string | null;
}

/** BZGZ 补正告知 (BJGZ 补交告知) */
export interface CorrectionAsked {
  readonly step: 'correctionAsked';
  readonly reason: string | null;
  /** STUFF_SEQ of the materials that are missing or faulty. */
  readonly materials: readonly string[];
  /** Keys of the form's fields to mend. */
  readonly fields: readonly string[];
  /** In words, as the office wrote it. */
  readonly list: string | null;
  /** Working days from `at`; null: the matter's own rule. */
  readonly limitDays: number | null;
}

/** BZSL 补正受理 (BJSL) */
export interface CorrectionTaken {
  readonly step: 'correctionTaken';
}

/** TBCXSQ 特别程序申请 */
export interface SpecialBegun {
  readonly step: 'specialBegun';
  /** A 延长审批; B 听证、招标、拍卖、检验、检测、鉴定、评审. */
  readonly kind: 'A' | 'B' | 'unknown';
  readonly name: string | null;
  /** Null where B sets none. */
  readonly limit: { readonly days: number; readonly unit: 'working' | 'natural' } | null;
  readonly reason: string | null;
  readonly approvedBy: string | null;
}

/** TBCXJG 特别程序结果 */
export interface SpecialEnded {
  readonly step: 'specialEnded';
  readonly result: string | null;
}

/** SPJG 结果附件 */
export interface ResultMade {
  readonly step: 'result';
  readonly documents: readonly { readonly id: string; readonly name: string; readonly md5: string | null }[];
  /** Of the e-licence that was issued with it. */
  readonly licenceCode: string | null;
}

/** BJ 办结 */
export interface Closed {
  readonly step: 'closed';
  /** BJJGDM 0 issued, 1 returned, 2 voided, 3 deleted, 4 transferred to a higher level, 5 no correction came, 6 done. */
  readonly verdict:
    | 'issued'
    | 'returned'
    | 'voided'
    | 'deleted'
    | 'transferred'
    | 'correctionExpired'
    | 'done'
    | 'unknown';
  /** Whether the decision is for the applicant; null where the row does not say. */
  readonly granted: boolean | null;
  readonly words: string | null;
  readonly certificateNumber: string | null;
  readonly validUntil: string | null;
}

/** LQDJ 领取登记 */
export interface Collected {
  readonly step: 'collected';
  readonly way: 'window' | 'post' | 'unknown';
  readonly by: string | null;
  readonly trackingNumber: string | null;
}
