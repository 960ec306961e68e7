/** 统一身份认证平台: what the hall needs of it. Calls throw `IdentityError` (`errors.ts`). */
export interface IdentityPlatform {
  /** Where to send the browser. The platform gives our own query back, so the state goes into `redirectUri`. */
  authorizeAddress(redirectUri: string): string;
  /** Throws when the platform does not answer, so that nobody is sent to a dead page. Asks at most every 15 s. */
  ensureReachable(personId: string): Promise<void>;
  /** Exchanges the code that came back; `redirectUri` must be the very same text. Single use, 300 s. */
  exchange(code: string, redirectUri: string, personId: string): Promise<IdentityAccount>;
  /** The one-off code of 粤省事 or 粤商通, whose page the person comes from. Single use, 300 s. */
  exchangeOneOff(code: string, personId: string): Promise<IdentityAccount>;
}

/** 0–3 for the platform's L0–L3, today's 二级–五级. */
export type IdentityLevel = 0 | 1 | 2 | 3;

/** How an account reached its level, as the platform tells it; unknown ways are kept. */
export interface IdentityWay {
  readonly code: string;
  readonly level: IdentityLevel;
}

export interface IdentityAccount {
  /** `useridcode`: the one stable key. Not the uid, not the phone. */
  readonly userIdCode: string;
  readonly uid: string;
  readonly kind: 'personal' | 'enterprise';
  /** Of the person, or of the enterprise. */
  readonly name: string;
  /** 10 身份证, 20 护照, 49 统一社会信用代码 …; unknown codes are kept. */
  readonly idType: string;
  readonly idNumber: string;
  /** Null when the account has none. */
  readonly phone: string | null;
  readonly level: IdentityLevel;
  readonly ways: readonly IdentityWay[];
  /** Grows with each change of the profile. Null when not told. */
  readonly version: string | null;
  /** `extproperties`, split at the first "="; "-1" stands for nothing and is left out. */
  readonly extra: Readonly<Record<string, string>>;
  /** Of an enterprise's account: who uses it for the enterprise. */
  readonly operator: string | null;
}
