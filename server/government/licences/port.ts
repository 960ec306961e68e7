import type { Actor } from '../kit/systemGate.ts';

/** Whose licences are asked for. */
export interface LicenceHolder {
  /** 111 身份证, 001 统一社会信用代码 (持证主体代码类型). */
  readonly idType: '111' | '001';
  readonly idNumber: string;
}

/** The person's word that we may read their licences for this matter. Without it no call is made. */
export interface LicenceConsent {
  /** Of the text that was shown. */
  readonly textVersion: string;
  readonly givenAt: Date;
}

/** The purpose that the data's owners demand. */
export interface LicencePurpose {
  readonly matterCode: string;
  readonly matterName: string;
  /** Our case or draft. */
  readonly ourNumber: string;
}

export interface LicenceAsker {
  readonly actor: Actor;
  readonly holder: LicenceHolder;
  readonly purpose: LicencePurpose;
  readonly consent: LicenceConsent;
}

export interface LicenceSummary {
  /** 证照标识: the national id where there is one, else the province's code. */
  readonly code: string;
  readonly nationalId: string | null;
  /** 21 characters: 18 of the department, 3 of the type. Forms name it as `licenceType`. */
  readonly type: string;
  readonly name: string;
  readonly issuer: string;
  readonly state: 'issued' | 'revoked' | 'expired' | 'suspended' | 'unknown';
  readonly validFrom: string | null;
  /** Null: for good. */
  readonly validUntil: string | null;
  /** 用证码: opens this licence for this purpose, for a while. */
  readonly authCode: string;
}

export interface LicenceContent {
  readonly code: string;
  /** By field code of the licence type: XM, ZJHM, ZZMC … */
  readonly fields: Readonly<Record<string, string>>;
}

export interface LicenceCheck {
  readonly genuine: boolean;
  readonly name: string | null;
  readonly issuer: string | null;
  readonly state: LicenceSummary['state'];
  readonly holderMasked: string | null;
  readonly validUntil: string | null;
}

/**
 * 电子证照. Contents are never stored or cached by us: they live in the request. Calls throw GovernmentError; `refused` has the codes
 * `noConsent`, `noLicence`, `authExpired`, `notYours`, `badId`, `other`.
 */
export interface LicenceSystem {
  /** Asks for the holder's licences for this purpose; each comes with the code that opens it. */
  held(asker: LicenceAsker): Promise<readonly LicenceSummary[]>;
  read(authCode: string, asker: LicenceAsker): Promise<LicenceContent>;
  /** The licence as a PDF with its seal. */
  archive(authCode: string, asker: LicenceAsker): Promise<{ readonly name: string; readonly bytes: Buffer }>;
  /** Whether a licence by this code exists and holds now; anybody may ask. */
  verify(code: string, asker: Actor): Promise<LicenceCheck>;
}
