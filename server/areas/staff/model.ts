import mongoose, { Schema } from 'mongoose';
import type { Role } from './contract.ts';

export interface Staff {
  readonly id: string;
  /** Normalised: lower case, half width. */
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly hallIds: readonly string[];
  /** The person whose WeChat receives what this member of staff sends to themselves. */
  readonly personId: string | null;
  /** Left the office: kept for the history, may not sign in. */
  readonly disabled: boolean;
}

export type StoredStaff = Omit<Staff, 'id'> & { _id: string; passwordHash: string };

const staffSchema = new Schema<StoredStaff>(
  {
    _id: { type: String, required: true },
    username: { type: String, required: true },
    name: { type: String, required: true },
    passwordHash: { type: String, required: true },
    roles: { type: [String], required: true },
    hallIds: { type: [String], default: [] },
    personId: { type: String, default: null },
    disabled: { type: Boolean, default: false },
  } as never,
  { collection: 'staff', versionKey: false },
);
staffSchema.index({ username: 1 }, { unique: true });

export const StaffModel = mongoose.model('Staff', staffSchema);

export interface StoredSession {
  /** SHA-256 of the secret in the cookie; the secret itself is nowhere stored. */
  readonly _id: string;
  readonly staffId: string;
  readonly startedAt: Date;
  readonly seenAt: Date;
  /** Past this instant the session is over, whether or not the row is still there. */
  readonly endsAt: Date;
}

const sessionSchema = new Schema<StoredSession>(
  {
    _id: { type: String, required: true },
    staffId: { type: String, required: true },
    startedAt: { type: Date, required: true },
    seenAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
  } as never,
  { collection: 'staffSessions', versionKey: false },
);
sessionSchema.index({ endsAt: 1 }, { expireAfterSeconds: 0 });
sessionSchema.index({ staffId: 1 });

export const StaffSessionModel = mongoose.model('StaffSession', sessionSchema);

/** Tries to sign in under one name, known or not. */
export interface StoredAttempts {
  /** SHA-256 of the normalised name: people type passwords into the wrong field. */
  readonly _id: string;
  readonly attempts: readonly Date[];
  readonly lockedUntil: Date;
  readonly forgetAt: Date;
}

const attemptsSchema = new Schema<StoredAttempts>(
  {
    _id: { type: String, required: true },
    attempts: { type: [Date], default: [] },
    lockedUntil: { type: Date, required: true },
    forgetAt: { type: Date, required: true },
  } as never,
  { collection: 'staffSignInAttempts', versionKey: false },
);
attemptsSchema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

export const SignInAttemptsModel = mongoose.model('StaffSignInAttempts', attemptsSchema);
