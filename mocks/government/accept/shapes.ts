/** A row of the exchange set as this system writes it: a table and texts by column. */
export interface Row {
  table: string;
  fields: Record<string, string>;
}

export type Stage =
  | 'submitted'
  | 'preReviewed'
  | 'correction'
  | 'accepted'
  | 'examining'
  | 'special'
  | 'closed'
  | 'collected';

export interface Material {
  seq: string;
  name: string;
  /** file, licence, paper, later */
  way: string;
  fileId: string;
  fileName: string;
  md5: string;
  licenceCode: string;
}

export interface Document {
  id: string;
  name: string;
  kind: string;
  mime: string;
  md5: string;
  lines: string[];
}

export interface AcceptCase {
  bizNo: string;
  sblsh: string;
  sblshShort: string;
  queryCode: string;
  taskCode: string;
  taskName: string;
  formId: string;
  formVersion: number;
  situation: string;
  applicant: { kind: string; name: string; idType: string; idNumber: string; userIdCode: string };
  agent: { name: string; phone: string };
  /** 人工核: names came with characters that had to be replaced. */
  checkByHand: boolean;
  answers: Record<string, unknown>;
  materials: Material[];
  delivery: { way: string; address: string };
  stage: Stage;
  /** Where a correction or a special procedure returns to. */
  before: Stage;
  /** The stage of examination reached: 0 none, 1 承办, 2 审核, 3 批准. */
  examined: number;
  correctionsAfterAcceptance: number;
  correctionUntil: string | null;
  supplements: string[];
  documents: Document[];
  licenceCode: string;
  trackingNumber: string;
  /** Driven by hand or by the hall: the automatic pace leaves it alone. */
  byHand: boolean;
  lastActAt: string;
  rows: Row[];
}

/** One file as it was uploaded. */
export interface StoredFile {
  id: string;
  bizFileNo: string;
  name: string;
  size: number;
  md5: string;
  sm3: string;
}

/** A no in the system's own words. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}
