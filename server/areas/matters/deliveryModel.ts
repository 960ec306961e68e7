import mongoose, { Schema } from 'mongoose';
import type { MatterRecord } from '../../government/items/port.ts';

/** receiving → refused, or applying → live. `applying` is safe to take up again: every step of it may run twice. */
export type DeliveryState = 'receiving' | 'refused' | 'applying' | 'live';

/** One delivery of 事项管理系统, and how far we are with it. */
export interface StoredDelivery {
  readonly _id: string;
  readonly state: DeliveryState;
  readonly total: number;
  readonly received: number;
  readonly applied: number;
  readonly added: number;
  readonly changed: number;
  readonly withdrawn: number;
  /** Why it was refused or stopped, in words for staff. */
  readonly problem: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

const deliverySchema = new Schema<StoredDelivery>(
  {
    _id: { type: String, required: true },
    state: { type: String, required: true },
    total: { type: Number, required: true },
    received: { type: Number, default: 0 },
    applied: { type: Number, default: 0 },
    added: { type: Number, default: 0 },
    changed: { type: Number, default: 0 },
    withdrawn: { type: Number, default: 0 },
    problem: { type: String, default: null },
    startedAt: { type: Date, required: true },
    finishedAt: { type: Date, default: null },
  } as never,
  { collection: 'matterDeliveries', versionKey: false },
);
deliverySchema.index({ startedAt: -1 });
export const DeliveryModel = mongoose.model('MatterDelivery', deliverySchema);

/** A row of a delivery that has not been taken over yet. */
export interface StagedMatter {
  readonly _id: string;
  readonly deliveryId: string;
  readonly record: MatterRecord;
}

const stagedSchema = new Schema<StagedMatter>(
  {
    _id: { type: String, required: true },
    deliveryId: { type: String, required: true },
    record: { type: Object, required: true },
  } as never,
  { collection: 'matterStaged', versionKey: false },
);
stagedSchema.index({ deliveryId: 1 });
export const StagedMatterModel = mongoose.model('MatterStaged', stagedSchema);

/** Every version of a matter we ever took over, or will take over on its day. */
export interface StoredVersion {
  /** `code/version/fingerprint`: sources correct a version without counting. */
  readonly _id: string;
  readonly code: string;
  readonly version: number;
  readonly record: MatterRecord;
  readonly deliveryId: string;
  /** From this day on; null = at once. */
  readonly effectiveOn: string | null;
  /** When we first saw it. */
  readonly seenAt: Date | null;
  readonly appliedAt: Date | null;
}

const versionSchema = new Schema<StoredVersion>(
  {
    _id: { type: String, required: true },
    code: { type: String, required: true },
    version: { type: Number, required: true },
    record: { type: Object, required: true },
    deliveryId: { type: String, required: true },
    effectiveOn: { type: String, default: null },
    seenAt: { type: Date, default: null },
    appliedAt: { type: Date, default: null },
  } as never,
  { collection: 'matterVersions', versionKey: false },
);
versionSchema.index({ code: 1, version: 1 });
versionSchema.index({ effectiveOn: 1 }, { partialFilterExpression: { effectiveOn: { $type: 'string' } } });
export const MatterVersionModel = mongoose.model('MatterVersion', versionSchema);
