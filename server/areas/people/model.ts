import mongoose, { Schema } from 'mongoose';

/** Fields ending in `Sealed` are encrypted, in `Index` blind indexes; see `personalData.ts`. */
export interface StoredIdentity {
  /** `useridcode` of the identity platform. */
  readonly code: string;
  readonly nameSealed: string;
  readonly idType: string;
  readonly idNumberSealed: string;
  readonly idNumberIndex: string;
  readonly phoneSealed: string | null;
  readonly phoneIndex: string | null;
  /** The platform's version of the profile. */
  readonly version: string | null;
  readonly boundAt: Date;
  /** When the platform last told us. */
  readonly checkedAt: Date;
}

export interface StoredEnterprise {
  readonly name: string;
  /** Unified social credit code: public. */
  readonly code: string;
  readonly level: number;
  readonly boundAt: Date;
}

/** One citizen: the WeChat identities that are one person's, and the real-name identity bound to them. */
export interface StoredPerson {
  readonly _id: string;
  readonly unionid: string | null;
  readonly officialAccountOpenid: string | null;
  readonly miniProgramOpenid: string | null;
  readonly follower: boolean;
  readonly seniorMode: boolean;
  /** Real-name level, 0 when nothing is bound. */
  readonly level: number;
  readonly identity: StoredIdentity | null;
  readonly enterprise: StoredEnterprise | null;
  /** Whose the data here is after unbinding: another identity never gets to see it. */
  readonly formerCode: string | null;
  /** This record was one half of a person; the other half lives on. */
  readonly mergedInto: string | null;
  readonly createdAt: Date;
}

const personSchema = new Schema<StoredPerson>(
  {
    _id: { type: String, required: true },
    unionid: { type: String, default: null },
    officialAccountOpenid: { type: String, default: null },
    miniProgramOpenid: { type: String, default: null },
    follower: { type: Boolean, required: true },
    seniorMode: { type: Boolean, required: true },
    level: { type: Number, min: 0, max: 3, required: true },
    identity: { type: Object, default: null },
    enterprise: { type: Object, default: null },
    formerCode: { type: String, default: null },
    mergedInto: { type: String, default: null },
    createdAt: { type: Date, required: true },
  } as never,
  { collection: 'people', minimize: false, versionKey: false },
);
for (const field of ['unionid', 'officialAccountOpenid', 'miniProgramOpenid', 'identity.code']) {
  personSchema.index(
    { [field]: 1 },
    { unique: true, partialFilterExpression: { [field]: { $type: 'string' } } },
  );
}
personSchema.index({ 'identity.idNumberIndex': 1 }, { sparse: true });
personSchema.index({ 'identity.phoneIndex': 1 }, { sparse: true });
export const PersonModel = mongoose.model('Person', personSchema);

/** A citizen's session. The secret is with the citizen; here is only its SHA-256. */
export interface StoredSession {
  readonly _id: string;
  readonly personId: string;
  readonly channel: 'weapp' | 'h5';
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly endsAt: Date;
}

const sessionSchema = new Schema<StoredSession>(
  {
    _id: { type: String, required: true },
    personId: { type: String, required: true },
    channel: { type: String, enum: ['weapp', 'h5'], required: true },
    startedAt: { type: Date, required: true },
    seenAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
  } as never,
  { collection: 'citizenSessions', versionKey: false },
);
sessionSchema.index({ personId: 1 });
sessionSchema.index({ endsAt: 1 }, { expireAfterSeconds: 86_400 });
export const CitizenSessionModel = mongoose.model('CitizenSession', sessionSchema);

/** A trip to the identity platform that has begun. Its state is with the browser; here is only its SHA-256. */
export interface StoredIdentityTrip {
  readonly _id: string;
  readonly personId: string;
  readonly channel: 'weapp' | 'h5';
  readonly redirectUri: string;
  readonly returnTo: string;
  readonly endsAt: Date;
}

const tripSchema = new Schema<StoredIdentityTrip>(
  {
    _id: { type: String, required: true },
    personId: { type: String, required: true },
    channel: { type: String, required: true },
    redirectUri: { type: String, required: true },
    returnTo: { type: String, required: true },
    endsAt: { type: Date, required: true },
  } as never,
  { collection: 'identityTrips', versionKey: false },
);
tripSchema.index({ endsAt: 1 }, { expireAfterSeconds: 3600 });
export const IdentityTripModel = mongoose.model('IdentityTrip', tripSchema);
