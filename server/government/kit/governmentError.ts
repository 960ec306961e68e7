/**
 * - `down`: no answer, or none that can be understood
 * - `slow`: it took longer than it may
 * - `closed`: maintenance hours, or switched off by us
 * - `busy`: too many calls of ours at once, or the day's quota is used up
 * - `refused`: the system understood and said no, in its own words (`code`)
 */
export type GovernmentErrorKind = 'down' | 'slow' | 'closed' | 'busy' | 'refused';

export interface GovernmentErrorFacts {
  /** The system's own code, or ours: `HTTP 502`, `not JSON`, `ECONNREFUSED`. */
  readonly code?: string;
  /** When it makes sense to ask again. */
  readonly until?: Date;
  /** The request was not carried out for certain: it may be sent again even if it changes something. */
  readonly notSent?: boolean;
}

/** A government system said no, or nothing. The text holds no secret and no personal data. */
export class GovernmentError extends Error {
  readonly code: string;
  readonly until: Date | null;
  readonly notSent: boolean;

  constructor(
    readonly system: string,
    readonly kind: GovernmentErrorKind,
    message: string,
    facts: GovernmentErrorFacts = {},
  ) {
    super(`${system}: ${message}`);
    this.name = 'GovernmentError';
    this.code = facts.code ?? kind;
    this.until = facts.until ?? null;
    this.notSent = facts.notSent ?? false;
  }

  /** Whether the same question may succeed a moment later. */
  get retryable(): boolean {
    return this.kind === 'down' || this.kind === 'slow';
  }
}
