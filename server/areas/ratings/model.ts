import mongoose, { Schema } from 'mongoose';
import type { OrderState } from './contract.ts';
import type { Cell } from './rules.ts';

export interface Given {
  readonly source: 'active' | 'silent';
  readonly level: number;
  readonly tags: readonly string[];
  /** Encrypted: people write names and numbers into it. */
  readonly textSealed: string | null;
  readonly textState: 'none' | 'held' | 'shown' | 'kept';
  readonly at: Date;
  readonly day: string;
  /** Who rated; null for somebody who knew name and number, or nobody. */
  readonly personId: string | null;
}

/** A service that was rendered, and its one rating. */
export interface ServiceEvent {
  readonly _id: string;
  /** `ticket:<id>` or `case:<number>`: one event each. */
  readonly key: string;
  readonly kind: 'hall' | 'online';
  readonly personId: string | null;
  /** Blind indexes of the name and the number; null where no name is known. */
  readonly lookUp: string | null;
  readonly number: string;
  readonly matter: string;
  readonly department: string;
  readonly hallId: string | null;
  readonly hall: string | null;
  readonly window: string | null;
  readonly finishedAt: Date;
  /** The last day to rate. */
  readonly until: string;
  readonly open: boolean;
  readonly rating: Given | null;
  /** An appeal was right: the rating does not count. */
  readonly voided: boolean;
}
const eventSchema = new Schema<ServiceEvent>(
  {
    _id: { type: String, required: true },
    key: { type: String, required: true },
    kind: { type: String, required: true },
    personId: { type: String, default: null },
    lookUp: { type: String, default: null },
    number: { type: String, required: true },
    matter: { type: String, required: true },
    department: { type: String, required: true },
    hallId: { type: String, default: null },
    hall: { type: String, default: null },
    window: { type: String, default: null },
    finishedAt: { type: Date, required: true },
    until: { type: String, required: true },
    open: { type: Boolean, required: true },
    rating: { type: Object, default: null },
    voided: { type: Boolean, default: false },
  } as never,
  { collection: 'serviceEvents', minimize: false, versionKey: false },
);
eventSchema.index({ key: 1 }, { unique: true });
eventSchema.index({ personId: 1, finishedAt: -1 });
eventSchema.index({ lookUp: 1 }, { partialFilterExpression: { lookUp: { $type: 'string' } } });
eventSchema.index({ open: 1, until: 1 });
eventSchema.index({ 'rating.day': 1 });
eventSchema.index({ 'rating.source': 1, 'rating.level': 1, _id: -1 });
eventSchema.index({ 'rating.textState': 1, _id: -1 });
const ServiceEventModel = mongoose.model('ServiceEvent', eventSchema);
export const serviceEvents = () =>
  ServiceEventModel.collection as unknown as mongoose.mongo.Collection<ServiceEvent>;

export interface OrderChange {
  readonly at: Date;
  /** A person's id, `staff:<id>`, or `clock`. */
  readonly by: string;
  readonly event: string;
  readonly to: OrderState;
  /** Encrypted where a citizen or a clerk wrote it. */
  readonly whySealed: string | null;
}

/** What a bad rating sets in motion. The id is the event's. */
export interface WorkOrder {
  readonly _id: string;
  readonly state: OrderState;
  readonly personId: string | null;
  readonly hallId: string | null;
  /** Who has to set it right; changes with a hand-over. */
  readonly department: string;
  readonly ratedAt: Date;
  readonly month: string;
  readonly dueContact: string;
  readonly dueFix: string;
  readonly contacted: boolean;
  readonly extended: boolean;
  readonly followUps: number;
  readonly answerSealed: string | null;
  readonly answeredAt: Date | null;
  /** The day after which an answer stands. */
  readonly standsAfter: string | null;
  readonly appealedBy: string | null;
  readonly revision: number;
  readonly history: readonly OrderChange[];
}
const orderSchema = new Schema<WorkOrder>(
  {
    _id: { type: String, required: true },
    state: { type: String, required: true },
    personId: { type: String, default: null },
    hallId: { type: String, default: null },
    department: { type: String, required: true },
    ratedAt: { type: Date, required: true },
    month: { type: String, required: true },
    dueContact: { type: String, required: true },
    dueFix: { type: String, required: true },
    contacted: { type: Boolean, required: true },
    extended: { type: Boolean, required: true },
    followUps: { type: Number, required: true },
    answerSealed: { type: String, default: null },
    answeredAt: { type: Date, default: null },
    standsAfter: { type: String, default: null },
    appealedBy: { type: String, default: null },
    revision: { type: Number, required: true },
    history: { type: [Object], default: [] },
  } as never,
  { collection: 'ratingOrders', minimize: false, versionKey: false },
);
orderSchema.index({ state: 1, dueFix: 1 });
orderSchema.index({ month: 1 });
const WorkOrderModel = mongoose.model('RatingOrder', orderSchema);
export const workOrders = () => WorkOrderModel.collection as unknown as mongoose.mongo.Collection<WorkOrder>;

/** A person's opinion of a guide. The id is `matter/person`. */
export interface GuideRating {
  readonly _id: string;
  readonly matterId: string;
  readonly level: number;
  readonly at: Date;
}
const guideSchema = new Schema<GuideRating>(
  {
    _id: { type: String, required: true },
    matterId: { type: String, required: true },
    level: { type: Number, required: true },
    at: { type: Date, required: true },
  } as never,
  { collection: 'guideRatings', versionKey: false },
);
guideSchema.index({ matterId: 1, level: 1 });
const GuideRatingModel = mongoose.model('GuideRating', guideSchema);
export const guideRatings = () =>
  GuideRatingModel.collection as unknown as mongoose.mongo.Collection<GuideRating>;

/** Names and numbers that did not fit, of one caller or about one number. */
export interface Misses {
  readonly _id: string;
  readonly count: number;
  /** When the misses are forgotten. */
  readonly until: Date;
}
const missSchema = new Schema<Misses>(
  {
    _id: { type: String, required: true },
    count: { type: Number, required: true },
    until: { type: Date, required: true },
  } as never,
  { collection: 'ratingMisses', versionKey: false },
);
missSchema.index({ until: 1 }, { expireAfterSeconds: 86_400 });
const MissModel = mongoose.model('RatingMiss', missSchema);
export const misses = () => MissModel.collection as unknown as mongoose.mongo.Collection<Misses>;

/** A day or a month (`YYYY-MM`) that is over, counted once: a sum of its ratings, never a truth of its own. */
export interface RatedDay {
  readonly _id: string;
  /** The cell of everything, so that a curve of days reads no others. Null: nobody rated. */
  readonly total: Cell | null;
  readonly cells: readonly Cell[];
}
const daySchema = new Schema<RatedDay>(
  {
    _id: { type: String, required: true },
    total: { type: Object, default: null },
    cells: { type: [Object], required: true },
  } as never,
  { collection: 'ratedDays', versionKey: false },
);
const RatedDayModel = mongoose.model('RatedDay', daySchema);
export const ratedDays = () => RatedDayModel.collection as unknown as mongoose.mongo.Collection<RatedDay>;
