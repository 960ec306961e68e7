import mongoose, { Schema } from 'mongoose';
import type { AgentState } from './contract.ts';

export interface ProxyChange {
  readonly at: Date;
  /** A person's id, or `staff:<id>`. */
  readonly by: string;
  readonly event: string;
  readonly why: string | null;
}

/** Somebody may book for somebody else. */
export interface Authorisation {
  readonly _id: string;
  readonly kind: 'code' | 'paper';
  readonly state: 'asked' | 'active' | 'revoked';
  readonly agentId: string;
  readonly agentName: string;
  /** A person's id, or `id:` and a blind index for somebody without an account; null while only asked. */
  readonly principalId: string | null;
  readonly principalName: string | null;
  readonly matters: readonly { readonly id: string; readonly name: string }[];
  /** The last day. */
  readonly validUntil: string;
  /** Keyed hash of the code; null once used. */
  readonly codeHash: string | null;
  readonly codeUntil: Date | null;
  readonly paperNumber: string | null;
  readonly createdAt: Date;
  readonly history: readonly ProxyChange[];
}

const authorisationSchema = new Schema<Authorisation>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    state: { type: String, required: true },
    agentId: { type: String, required: true },
    agentName: { type: String, required: true },
    principalId: { type: String, default: null },
    principalName: { type: String, default: null },
    matters: { type: [Object], default: [] },
    validUntil: { type: String, required: true },
    codeHash: { type: String, default: null },
    codeUntil: { type: Date, default: null },
    paperNumber: { type: String, default: null },
    createdAt: { type: Date, required: true },
    history: { type: [Object], default: [] },
  } as never,
  { collection: 'authorisations', minimize: false, versionKey: false },
);
authorisationSchema.index({ agentId: 1 });
authorisationSchema.index({ principalId: 1 });
for (const field of ['codeHash', 'paperNumber']) {
  authorisationSchema.index(
    { [field]: 1 },
    { unique: true, partialFilterExpression: { [field]: { $type: 'string' } } },
  );
}
export const AuthorisationModel = mongoose.model('Authorisation', authorisationSchema);
export const authorisations = () =>
  AuthorisationModel.collection as unknown as mongoose.mongo.Collection<Authorisation>;

/** Counted in one place, so that two confirmations at once cannot both be the last one allowed. */
interface AgentCounter {
  readonly _id: string;
  readonly version: number;
}
const counterSchema = new Schema<AgentCounter>(
  { _id: { type: String, required: true }, version: { type: Number, required: true } } as never,
  { collection: 'authorisationAgents', versionKey: false },
);
const AgentCounterModel = mongoose.model('AuthorisationAgent', counterSchema);
export const agentCounters = () =>
  AgentCounterModel.collection as unknown as mongoose.mongo.Collection<AgentCounter>;

/** A person on the list of those who book for an enterprise. */
export interface FirmAgent {
  readonly _id: string;
  readonly personId: string;
  readonly personName: string;
  readonly phone: string | null;
  readonly firmName: string;
  readonly firmCode: string;
  readonly state: AgentState;
  /** Neither removed nor refused: one for each person and enterprise. */
  readonly open: boolean;
  readonly reason: string;
  readonly proposedBy: string;
  readonly history: readonly ProxyChange[];
}

const agentSchema = new Schema<FirmAgent>(
  {
    _id: { type: String, required: true },
    personId: { type: String, required: true },
    personName: { type: String, required: true },
    phone: { type: String, default: null },
    firmName: { type: String, required: true },
    firmCode: { type: String, required: true },
    state: { type: String, required: true },
    open: { type: Boolean, required: true },
    reason: { type: String, required: true },
    proposedBy: { type: String, required: true },
    history: { type: [Object], default: [] },
  } as never,
  { collection: 'firmAgents', minimize: false, versionKey: false },
);
agentSchema.index({ personId: 1, firmCode: 1 }, { unique: true, partialFilterExpression: { open: true } });
agentSchema.index({ state: 1 });
const FirmAgentModel = mongoose.model('FirmAgent', agentSchema);
export const firmAgents = () => FirmAgentModel.collection as unknown as mongoose.mongo.Collection<FirmAgent>;
