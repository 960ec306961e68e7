import mongoose, { Schema } from 'mongoose';
import type { CaseState, Delivery, MaterialChoice, TypedDelivery } from './contract.ts';
import type { LifeStep } from './deriveCase.ts';

/** A published form; never changes once stored. */
export interface StoredForm {
  /** `formId@version` */
  readonly _id: string;
  readonly matterCode: string;
  readonly definition: Record<string, unknown>;
  readonly storedAt: Date;
}
const formSchema = new Schema<StoredForm>(
  {
    _id: { type: String, required: true },
    matterCode: { type: String, required: true },
    definition: { type: Object, required: true },
    storedAt: { type: Date, required: true },
  } as never,
  { collection: 'applicationForms', minimize: false, versionKey: false },
);
export const FormModel = mongoose.model('ApplicationForm', formSchema);
export const forms = () => FormModel.collection as unknown as mongoose.mongo.Collection<StoredForm>;

/** What a person typed. Stored encrypted as one text. */
export interface DraftContent {
  readonly situation: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly materials: Readonly<Record<string, MaterialChoice>>;
  readonly delivery: TypedDelivery | null;
  /** The revision that wrote each part: `answers.key`, `materials.seq` … */
  readonly writtenAt: Readonly<Record<string, number>>;
  /** Values that lost against another device, newest first, at most ten a part. */
  readonly others: Readonly<Record<string, readonly unknown[]>>;
}

export interface MatterFacts {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly department: string;
}

export interface StoredDraft {
  readonly _id: string;
  readonly personId: string;
  readonly matter: MatterFacts;
  readonly formKey: string;
  readonly revision: number;
  readonly sealed: string;
  readonly savedAt: Date;
  /** The case it became. */
  readonly caseId: string | null;
}
const draftSchema = new Schema<StoredDraft>(
  {
    _id: { type: String, required: true },
    personId: { type: String, required: true },
    matter: { type: Object, required: true },
    formKey: { type: String, required: true },
    revision: { type: Number, required: true },
    sealed: { type: String, required: true },
    savedAt: { type: Date, required: true },
    caseId: { type: String, default: null },
  } as never,
  { collection: 'applicationDrafts', minimize: false, versionKey: false },
);
draftSchema.index({ personId: 1, caseId: 1, savedAt: -1 });
draftSchema.index({ savedAt: 1 }, { expireAfterSeconds: 90 * 24 * 3600 }); // drafts are kept 90 days
draftSchema.index({ 'matter.id': 1, caseId: 1 });
export const DraftModel = mongoose.model('ApplicationDraft', draftSchema);
export const drafts = () => DraftModel.collection as unknown as mongoose.mongo.Collection<StoredDraft>;

/** What was submitted. Stored encrypted as one text. */
export interface CaseContent {
  readonly situation: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly materials: Readonly<Record<string, MaterialChoice>>;
  readonly delivery: Delivery;
}

export interface OpenCorrection {
  readonly key: string;
  readonly reason: string | null;
  readonly fields: readonly string[];
  readonly materials: readonly string[];
  readonly until: string | null;
}

export interface CaseResultFacts {
  readonly granted: boolean | null;
  readonly words: string | null;
  readonly certificateNumber: string | null;
  readonly licenceCode: string | null;
  readonly trackingNumber: string | null;
  readonly documents: readonly { readonly id: string; readonly name: string }[];
}

export interface StoredCase {
  /** Our number at 综合受理. */
  readonly _id: string;
  readonly draftId: string;
  readonly personId: string;
  readonly applicantMasked: string;
  readonly matter: MatterFacts;
  readonly formKey: string;
  readonly promisedDays: number;
  readonly correctionDays: number;
  readonly deliveryWay: 'pickUp' | 'post';
  readonly sealed: string;
  readonly state: CaseState;
  readonly word: string;
  readonly tip: string;
  readonly caseNumber: string | null;
  readonly longNumber: string | null;
  readonly queryCodeSealed: string | null;
  readonly submittedAt: Date;
  /** Raised with each change. */
  readonly revision: number;
  readonly open: boolean;
  readonly steps: readonly LifeStep[];
  readonly doubts: readonly string[];
  readonly correction: OpenCorrection | null;
  /** The correction that the citizen has answered. */
  readonly correctionSent: string | null;
  readonly withdrawAsked: Date | null;
  readonly dueDay: string | null;
  readonly paused: boolean;
  readonly result: CaseResultFacts | null;
  readonly problem: string | null;
  /** The day after which a clock of ours acts: acceptance by silence, or a correction that did not come. */
  readonly checkDay: string | null;
  readonly pulledAt: Date;
  /** 人工核: characters that the acceptance system could not write. */
  readonly lostCharacters: readonly string[];
}
const caseSchema = new Schema<StoredCase>(
  {
    _id: { type: String, required: true },
    draftId: { type: String, required: true },
    personId: { type: String, required: true },
    applicantMasked: { type: String, required: true },
    matter: { type: Object, required: true },
    formKey: { type: String, required: true },
    promisedDays: { type: Number, required: true },
    correctionDays: { type: Number, required: true },
    deliveryWay: { type: String, required: true },
    sealed: { type: String, required: true },
    state: { type: String, required: true },
    word: { type: String, required: true },
    tip: { type: String, required: true },
    caseNumber: { type: String, default: null },
    longNumber: { type: String, default: null },
    queryCodeSealed: { type: String, default: null },
    submittedAt: { type: Date, required: true },
    revision: { type: Number, required: true },
    open: { type: Boolean, required: true },
    steps: { type: [Object], default: [] },
    doubts: { type: [String], default: [] },
    correction: { type: Object, default: null },
    correctionSent: { type: String, default: null },
    withdrawAsked: { type: Date, default: null },
    dueDay: { type: String, default: null },
    paused: { type: Boolean, default: false },
    result: { type: Object, default: null },
    problem: { type: String, default: null },
    checkDay: { type: String, default: null },
    pulledAt: { type: Date, required: true },
    lostCharacters: { type: [String], default: [] },
  } as never,
  { collection: 'cases', minimize: false, versionKey: false },
);
caseSchema.index({ personId: 1, _id: -1 });
caseSchema.index({ draftId: 1 }, { unique: true });
caseSchema.index(
  { caseNumber: 1 },
  { unique: true, partialFilterExpression: { caseNumber: { $type: 'string' } } },
);
caseSchema.index({ 'matter.department': 1, open: 1, _id: -1 });
caseSchema.index({ checkDay: 1 }, { partialFilterExpression: { checkDay: { $type: 'string' } } });
caseSchema.index({ pulledAt: 1 }, { partialFilterExpression: { open: true } });
export const CaseModel = mongoose.model('Case', caseSchema);
export const cases = () => CaseModel.collection as unknown as mongoose.mongo.Collection<StoredCase>;

/** What was reported about a case, as it came; names and numbers of people are taken out. */
export interface StoredCaseEvent {
  /** `case/key/version`: the same thing reported again is one row. */
  readonly _id: string;
  readonly caseId: string;
  readonly event: Record<string, unknown>;
  /** `callback`, `pull`, `hall` (a rule of ours), `citizen`, or `staff:<id>`. */
  readonly by: string;
  readonly receivedAt: Date;
}
const eventSchema = new Schema<StoredCaseEvent>(
  {
    _id: { type: String, required: true },
    caseId: { type: String, required: true },
    event: { type: Object, required: true },
    by: { type: String, required: true },
    receivedAt: { type: Date, required: true },
  } as never,
  { collection: 'caseEvents', minimize: false, versionKey: false },
);
eventSchema.index({ caseId: 1 });
export const CaseEventModel = mongoose.model('CaseEvent', eventSchema);
export const caseEvents = () =>
  CaseEventModel.collection as unknown as mongoose.mongo.Collection<StoredCaseEvent>;

/** What has to reach 综合受理. */
export interface StoredSend {
  readonly _id: string;
  /** Case and act: written twice, it is one. */
  readonly key: string;
  readonly caseId: string;
  readonly kind: 'submit' | 'supplement' | 'withdraw' | 'report';
  /** Encrypted. */
  readonly sealed: string | null;
  readonly open: boolean;
  readonly dueAt: Date;
  readonly attempts: number;
  /** A submission went out and its answer is not known: ask before it is sent again. */
  readonly unsure: boolean;
  readonly claim: string | null;
  readonly problem: string | null;
  readonly createdAt: Date;
}
const sendSchema = new Schema<StoredSend>(
  {
    _id: { type: String, required: true },
    key: { type: String, required: true },
    caseId: { type: String, required: true },
    kind: { type: String, required: true },
    sealed: { type: String, default: null },
    open: { type: Boolean, required: true },
    dueAt: { type: Date, required: true },
    attempts: { type: Number, required: true },
    unsure: { type: Boolean, required: true },
    claim: { type: String, default: null },
    problem: { type: String, default: null },
    createdAt: { type: Date, required: true },
  } as never,
  { collection: 'caseSends', minimize: false, versionKey: false },
);
sendSchema.index({ key: 1 }, { unique: true });
sendSchema.index({ dueAt: 1 }, { partialFilterExpression: { open: true } });
export const SendModel = mongoose.model('CaseSend', sendSchema);
export const sends = () => SendModel.collection as unknown as mongoose.mongo.Collection<StoredSend>;
