import type { LocalDay } from '../../kernel/localDay.ts';

/** A time limit as the source gives it. `onTheSpot`: done while you wait. Null: the source does not say. */
export type TimeLimit =
  | { readonly kind: 'days'; readonly amount: number; readonly unit: 'workday' | 'naturalday' }
  | { readonly kind: 'onTheSpot' }
  | { readonly kind: 'words'; readonly text: string }
  | null;

export interface MatterFile {
  readonly name: string;
  readonly address: string;
}

export interface MatterMaterial {
  readonly name: string;
  readonly needed: boolean;
  readonly copies: number | null;
  readonly note: string | null;
  readonly blankForms: readonly MatterFile[];
  readonly samples: readonly MatterFile[];
}

/** One matter as 事项管理系统 has it; every text is cleaned. */
export interface MatterRecord {
  /** 31 characters, 实施编码. */
  readonly code: string;
  readonly version: number;
  readonly name: string;
  /** Two-digit type code of the source, kept whatever it is, and its name by our table; 「其他」 for one we do not know. */
  readonly type: string;
  readonly typeLabel: string;
  readonly department: string;
  readonly departmentCode: string;
  readonly audiences: readonly ('personal' | 'enterprise')[];
  readonly legalTime: TimeLimit;
  readonly promisedTime: TimeLimit;
  /** What a person should look at before it is believed, in words for staff. */
  readonly doubts: readonly string[];
  readonly conditions: readonly string[];
  readonly materials: readonly MatterMaterial[];
  readonly fees: readonly { readonly name: string; readonly standard: string; readonly law: string | null }[];
  readonly steps: readonly string[];
  readonly laws: readonly string[];
  readonly questions: readonly { readonly question: string; readonly answer: string }[];
  readonly phone: string | null;
  readonly address: string | null;
  readonly openingHours: string | null;
  /** How many situations (情形) it has, at least one. */
  readonly situations: number;
  /** R1.2, R1.3: its materials can be replaced by a query of these registers. */
  readonly proofs: readonly ('property' | 'socialSecurity')[];
  readonly effectiveOn: LocalDay | null;
  readonly cancelledOn: LocalDay | null;
  readonly operation: 'upsert' | 'delete';
}

export interface Batch {
  readonly id: string;
  readonly total: number;
  readonly materials: number;
}

/** A paper of a matter, as the source keeps it. */
export interface MatterDocument {
  readonly bytes: Uint8Array;
  readonly kind: DocumentKind;
}
export type DocumentKind = 'pdf' | 'word' | 'excel' | 'oldOffice' | 'jpeg' | 'png';

/** 事项管理系统: what the hall needs of it. Calls throw GovernmentError. */
export interface ItemsSystem {
  /** The newest delivery that is ready. */
  latestBatch(): Promise<Batch>;
  /** Page `page` (from 1) of a delivery, `batchPageSize` rows each. Refused (`1003`) when the delivery was replaced meanwhile. */
  batchPage(batchId: string, page: number): Promise<readonly MatterRecord[]>;
  /** One matter as it is now; null when the source does not know it. `at` is older than now when the source is down. */
  detail(
    code: string,
    requestId: string | null,
  ): Promise<{ readonly matter: MatterRecord | null; readonly at: Date; readonly fresh: boolean }>;
  /** A blank form or a sample by the address a material names; null when the source has it no longer, or it is nothing we hand on. */
  document(
    address: string,
    asked: { readonly code: string; readonly requestId: string | null },
  ): Promise<MatterDocument | null>;
}

export const batchPageSize = 200;
