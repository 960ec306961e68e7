import mongoose, { Schema } from 'mongoose';

/** Holds asked for by one person, or from one address, in one minute. */
interface Burst {
  readonly _id: string;
  readonly count: number;
  readonly expiresAt: Date;
}

/** What one person has to do to go on; one at a time, good for one proof. */
export interface Challenge {
  /** The person's id. */
  readonly _id: string;
  readonly challengeId: string;
  readonly salt: string;
  readonly bits: number;
  /** Index of the question in the rules. */
  readonly question: number;
  readonly tries: number;
  readonly expiresAt: Date;
}

/** Who has shown that they are a person, and how many holds more it is good for. */
interface Pass {
  readonly _id: string;
  readonly left: number;
  readonly expiresAt: Date;
}

const burstSchema = new Schema<Burst>(
  { _id: { type: String, required: true }, count: { type: Number }, expiresAt: { type: Date } } as never,
  { collection: 'bookingBursts', versionKey: false },
);
const challengeSchema = new Schema<Challenge>(
  {
    _id: { type: String, required: true },
    challengeId: { type: String, required: true },
    salt: { type: String, required: true },
    bits: { type: Number, required: true },
    question: { type: Number, required: true },
    tries: { type: Number, required: true },
    expiresAt: { type: Date, required: true },
  } as never,
  { collection: 'bookingChallenges', versionKey: false },
);
const passSchema = new Schema<Pass>(
  { _id: { type: String, required: true }, left: { type: Number }, expiresAt: { type: Date } } as never,
  { collection: 'bookingPasses', versionKey: false },
);
for (const schema of [burstSchema, challengeSchema, passSchema]) {
  schema.index({ expiresAt: 1 }, { expireAfterSeconds: 3600 });
}

const BurstModel = mongoose.model('BookingBurst', burstSchema);
const ChallengeModel = mongoose.model('BookingChallenge', challengeSchema);
const PassModel = mongoose.model('BookingPass', passSchema);

type Collection<T extends object> = mongoose.mongo.Collection<T>;
export const bursts = () => BurstModel.collection as unknown as Collection<Burst>;
export const challenges = () => ChallengeModel.collection as unknown as Collection<Challenge>;
export const passes = () => PassModel.collection as unknown as Collection<Pass>;
