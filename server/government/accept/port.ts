import type { Actor } from '../kit/systemGate.ts';
import type { CaseEvent } from '../progress/caseEvent.ts';

/** Which form a matter has now. Versions are whole numbers and never change once published. */
export interface FormListing {
  readonly formId: string;
  readonly version: number;
  readonly matterCode: string;
  readonly matterName: string;
}

export interface FetchedForm extends FormListing {
  /** The definition as it came, parsed from JSON: `areas/applications/forms` checks and reads it. */
  readonly definition: unknown;
  /** When the system said so; older than now when it is silent. */
  readonly at: Date;
  readonly fresh: boolean;
}

export interface UploadedFile {
  /** Their handle, named in the submission. */
  readonly fileId: string;
}

export interface FileToSend {
  /** Our own number of this file: the same file sent again is one file. */
  readonly ourFileNumber: string;
  readonly name: string;
  readonly mime: string;
  readonly bytes: Buffer;
  readonly md5: string;
  readonly sm3: string;
}

/** One material of a submission: an uploaded file, a licence in place of a paper, or paper brought to the window. */
export interface SubmittedMaterial {
  /** STUFF_SEQ of the form's material. */
  readonly seq: string;
  readonly name: string;
  readonly way:
    | {
        readonly kind: 'file';
        readonly fileId: string;
        readonly fileName: string;
        readonly md5: string;
        readonly sm3: string;
      }
    | { readonly kind: 'licence'; readonly licenceCode: string; readonly authCode: string }
    | { readonly kind: 'paper' }
    | { readonly kind: 'later' };
}

export interface Submission {
  /** Our case's number (bizNo): by it we ask what became of a call without an answer. Twice the same: one case. */
  readonly ourNumber: string;
  readonly matterCode: string;
  readonly matterName: string;
  readonly form: { readonly formId: string; readonly version: number };
  readonly situation: string | null;
  readonly applicant: {
    /** SQRLX */
    readonly kind: 'person' | 'firm' | 'other';
    readonly name: string;
    /** 10 身份证, 49 统一社会信用代码 … (SQRZJLX). */
    readonly idType: string;
    readonly idNumber: string;
    /** USERIDCODE of the identity platform. */
    readonly userIdCode: string | null;
  };
  readonly agent: {
    readonly name: string;
    readonly idType: string;
    readonly idNumber: string;
    readonly phone: string;
  };
  /** The answers by field key, as the form's format writes them. */
  readonly answers: Readonly<Record<string, unknown>>;
  readonly materials: readonly SubmittedMaterial[];
  readonly delivery: {
    readonly way: 'pickUp' | 'post';
    readonly address: { readonly name: string; readonly phone: string; readonly text: string } | null;
  };
  /** When the citizen pressed the button. */
  readonly submittedAt: Date;
}

export interface CaseReceipt {
  /** SBLSH */
  readonly longNumber: string;
  /** SBLSH_SHORT: what citizens see and ask by. */
  readonly caseNumber: string;
  /** YWCXMM, six digits. */
  readonly queryCode: string;
  /** Characters of names that the system cannot write (𠮷): a person there must check the case (人工核). */
  readonly lostCharacters: readonly string[];
}

export interface CorrectionToSend {
  readonly caseNumber: string;
  /** Our number of this correction: sent again it is one. */
  readonly ourCorrectionNumber: string;
  /** Only the fields that were open. */
  readonly answers: Readonly<Record<string, unknown>>;
  readonly materials: readonly SubmittedMaterial[];
  readonly submittedAt: Date;
}

export interface CaseDocument {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly mime: string;
  readonly md5: string;
}

export interface CaseResult {
  readonly documents: readonly CaseDocument[];
  readonly licenceCode: string | null;
  readonly trackingNumber: string | null;
}

/**
 * 综合受理 (R5.2.1, R8.4). Every call names who asks, for the audit. Calls throw GovernmentError. `closed` has `until` (maintenance
 * 22:30–06:30). `refused` has one of these codes: `unknownMatter`, `oldForm`, `badForm` (message says which field), `fileTooLarge`,
 * `tooManyFiles`, `fileName`, `fileDigest`, `unknownFile`, `signature`, `unknownCase`, `notOpen` (no correction is asked for, or it is
 * too late), `tooLate` (withdraw after the decision), `other`.
 */
export interface AcceptSystem {
  /** All matters that can be applied for; may be older than now. */
  forms(): Promise<{ readonly forms: readonly FormListing[]; readonly at: Date; readonly fresh: boolean }>;
  /** A version, or the current one. Published versions stay readable for cases that froze them. */
  form(matterCode: string, version: number | null): Promise<FetchedForm>;
  /** May be repeated: the same `ourFileNumber` and digest is one file. */
  upload(file: FileToSend, matterCode: string, asker: Actor): Promise<UploadedFile>;
  /** Signed with SM2. Never sent twice by itself: after silence ask `find` first. */
  submit(submission: Submission, asker: Actor): Promise<CaseReceipt>;
  /** What became of our number; null: it never arrived. */
  find(ourNumber: string): Promise<CaseReceipt | null>;
  /** 补正. Signed. May be repeated with the same correction number. */
  supplement(correction: CorrectionToSend, asker: Actor): Promise<void>;
  /** 撤回, before the decision. May be repeated. */
  withdraw(caseNumber: string, reason: string, asker: Actor): Promise<void>;
  /**
   * Tells the system what a window did in our console (受理, 补正告知, 审批, 办结 …): the row becomes part of the case there. From then on
   * the case is ours to drive. `step.key` and `version` make it repeatable; `refused`/`notOpen` when the case's life forbids it.
   */
  report(ourNumber: string, step: CaseEvent, asker: Actor): Promise<void>;
  /** All that happened to the case so far: fills in callbacks that never came. */
  events(caseNumber: string): Promise<readonly CaseEvent[]>;
  result(caseNumber: string, asker: Actor): Promise<CaseResult>;
  document(
    caseNumber: string,
    documentId: string,
    asker: Actor,
  ): Promise<{ readonly name: string; readonly mime: string; readonly bytes: Buffer }>;
}

/** What a callback of theirs brought, its signature checked. May come twice and in any order. */
export interface AcceptCallback {
  /** Our case number; '' for cases of other channels. */
  readonly ourNumber: string;
  readonly event: CaseEvent;
}
