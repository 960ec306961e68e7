import mongoose, { Schema } from 'mongoose';
import type { TimeLimit } from '../../government/items/port.ts';
import type { Audience } from './contract.ts';

export interface Material {
  readonly name: string;
  readonly note: string | null;
  readonly needed: boolean;
  readonly copies?: number | null;
  readonly blankForms?: readonly MatterAttachment[];
  readonly samples?: readonly MatterAttachment[];
}

export interface MatterAttachment {
  readonly name: string;
  readonly address: string;
}

export interface MatterFee {
  readonly name: string;
  readonly standard: string;
  readonly law: string | null;
}

/** Where a matter is done in person. */
export interface MatterHall {
  readonly hallId: string;
  readonly hallName: string;
  readonly zone: string | null;
  /** The group of interchangeable windows that serves it; bookings of one group share a capacity. */
  readonly group: string;
  /** How many windows the group has. */
  readonly windows: number;
  readonly bookable: boolean;
}

/** A matter (事项): something a citizen or an enterprise can have done. */
export interface Matter {
  readonly id: string;
  /** 31-digit 实施编码. */
  readonly code: string;
  readonly name: string;
  readonly department: string;
  readonly audiences: readonly Audience[];
  readonly typeLabel: string;
  readonly topic: string;
  readonly legalTime: string;
  readonly promisedTime: string;
  readonly feeLabel: string;
  /** Minutes one visit takes. */
  readonly minutes: number;
  readonly conditions: readonly string[];
  readonly materials: readonly Material[];
  readonly steps: readonly { readonly name: string; readonly text: string }[];
  readonly laws: readonly string[];
  readonly questions: readonly { readonly question: string; readonly answer: string }[];
  readonly phone: string | null;
  readonly halls: readonly MatterHall[];
  readonly bookable: boolean;
  readonly updatedAt: Date;
  /** Version and fingerprint at 事项管理系统; null for a matter that never came from there. */
  readonly sourceVersion?: number | null;
  readonly sourceDigest?: string | null;
  /** No longer offered: hidden from lists and booking, kept for favourites, history and ratings. */
  readonly withdrawnAt?: Date | null;
  /** False until those who have a booking or a draft of a withdrawn matter were told. */
  readonly withdrawalTold?: boolean | null;
  /** When it was last seen unchanged, or taken over, at 事项管理系统. */
  readonly checkedAt?: Date | null;
  /** The last look was in vain, at this time; null when it was not. */
  readonly checkFailedAt?: Date | null;
  /** The look-up no longer finds it; the next delivery decides. */
  readonly missingAtSource?: boolean;
  /** Time limits for reckoning; the words are in `legalTime` and `promisedTime`. */
  readonly limits?: { readonly legal: TimeLimit; readonly promised: TimeLimit };
  readonly fees?: readonly MatterFee[];
  /** Two-digit type code of the source. */
  readonly type?: string | null;
  readonly address?: string | null;
  readonly openingHours?: string | null;
  /** How many situations (情形) the source says it has; which they are comes with the form. */
  readonly situations?: number;
  /** What staff should look at, in words. */
  readonly doubts?: readonly string[];
  /** Materials that a query of these registers can replace (R1.2, R1.3). */
  readonly proofs?: readonly ('property' | 'socialSecurity')[];
}

const matterSchema = new Schema<Matter & { _id: string }>(
  {
    _id: { type: String, required: true },
    code: { type: String, required: true },
    name: { type: String, required: true },
    department: { type: String, required: true },
    audiences: { type: [String], required: true },
    typeLabel: { type: String, required: true },
    topic: { type: String, required: true },
    legalTime: { type: String, required: true },
    promisedTime: { type: String, required: true },
    feeLabel: { type: String, required: true },
    minutes: { type: Number, required: true },
    conditions: { type: [String], default: [] },
    materials: { type: [Object], default: [] },
    steps: { type: [Object], default: [] },
    laws: { type: [String], default: [] },
    questions: { type: [Object], default: [] },
    phone: { type: String, default: null },
    halls: { type: [Object], default: [] },
    bookable: { type: Boolean, required: true },
    updatedAt: { type: Date, required: true },
    sourceVersion: { type: Number, default: null },
    sourceDigest: { type: String, default: null },
    withdrawnAt: { type: Date, default: null },
    withdrawalTold: { type: Boolean, default: null },
    checkedAt: { type: Date, default: null },
    checkFailedAt: { type: Date, default: null },
    missingAtSource: { type: Boolean, default: false },
    limits: { type: Object, default: { legal: null, promised: null } },
    fees: { type: [Object], default: [] },
    type: { type: String, default: null },
    address: { type: String, default: null },
    openingHours: { type: String, default: null },
    situations: { type: Number, default: 1 },
    doubts: { type: [String], default: [] },
    proofs: { type: [String], default: [] },
  } as never,
  { collection: 'matters', minimize: false, versionKey: false },
);
matterSchema.index({ code: 1 }, { unique: true });
matterSchema.index({ bookable: -1, _id: 1 });
matterSchema.index({ audiences: 1, topic: 1, bookable: -1, _id: 1 });
matterSchema.index({ 'halls.hallId': 1, bookable: -1, _id: 1 });
matterSchema.index({ withdrawalTold: 1 }, { partialFilterExpression: { withdrawalTold: false } });

export const MatterModel = mongoose.model('Matter', matterSchema);
