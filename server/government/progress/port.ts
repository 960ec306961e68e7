import type { Actor } from '../kit/systemGate.ts';
import type { CaseEvent } from './caseEvent.ts';

/** A case as the provincial portal shows it to whoever knows the applicant's name and the number. Names are masked there. */
export interface PortalCase {
  readonly caseNumber: string;
  readonly matterName: string;
  readonly applicantMasked: string;
  readonly appliedAt: Date;
  /** In the portal's words: 「已受理」. */
  readonly state: string;
  readonly promisedDay: string | null;
  readonly steps: readonly { readonly name: string; readonly at: Date }[];
}

/** One row of the front table that nobody has taken yet. */
export interface FrontRowTaken {
  /** Of the row in the front table; acknowledged by it. */
  readonly rowId: string;
  /** Null: the row cannot be read; it is kept as it came, and acknowledged so that it blocks nothing. */
  readonly event: CaseEvent | null;
  readonly table: string;
  /** The row as it came. Holds names and numbers: encrypt before it is stored. */
  readonly raw: Readonly<Record<string, string>>;
}

/**
 * 办事进度 (R5.3.2, R8.6): cases of every channel. Calls throw GovernmentError; `refused` has the codes `captcha` (wrong or used), `tooOften`
 * (five misses in a quarter of an hour), `notFound` (no such case, or another name: the portal does not tell which), `other`.
 */
export interface ProgressSystem {
  /** Rows not taken so far (REC_FLAG 0), at most `limit`; any order, perhaps again. Also how what a lost push left out is filled in. */
  untaken(limit: number): Promise<readonly FrontRowTaken[]>;
  /** Sets REC_FLAG 1. May be repeated. */
  acknowledge(rowIds: readonly string[]): Promise<void>;
  /** All rows of one case by SOAP, taken or not: to fill in what is missing. */
  caseEvents(caseNumber: string, asker: Actor): Promise<readonly CaseEvent[]>;
  /** A picture with four characters; the answer goes into `query`. */
  captcha(asker: Actor): Promise<{ readonly token: string; readonly svg: string }>;
  /** By name and number. Without a captcha the call is signed by our gateway key instead. */
  query(
    question: { readonly name: string; readonly caseNumber: string },
    captcha: { readonly token: string; readonly answer: string } | null,
    asker: Actor,
  ): Promise<PortalCase>;
}
