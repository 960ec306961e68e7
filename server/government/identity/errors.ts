/**
 * - `down`: no answer, or none that can be understood; ask again later
 * - `codeUsed`: the code is used, expired, or does not fit; start again
 * - `frozen`: the account is locked
 * - `refused`: the platform refuses us (client, signature, redirect): somebody has to mend the configuration
 */
export type IdentityErrorKind = 'down' | 'codeUsed' | 'frozen' | 'refused';

/** A refusal of the identity platform, or silence. Its text holds no secret, no code and no personal data. */
export class IdentityError extends Error {
  constructor(
    readonly kind: IdentityErrorKind,
    /** The platform's own code, for the audit. */
    readonly code: string,
    message: string,
  ) {
    super(`identity platform: ${message}`);
    this.name = 'IdentityError';
  }

  /** Whether the same call may succeed later. */
  get retryable(): boolean {
    return this.kind === 'down';
  }
}
