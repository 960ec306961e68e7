import mongoose, { Schema } from 'mongoose';

/** One thing that somebody did, or was refused. Ids only: what a person is called stays in that person's own row. */
export interface AuditRow {
  readonly id: string;
  readonly at: Date;
  readonly actor: { readonly kind: 'staff' | 'citizen' | 'system'; readonly id: string | null };
  /** `area.pastTense`, e.g. `staff.signedIn`, `broadcasts.approved`. */
  readonly act: string;
  readonly subject: { readonly kind: string; readonly id: string } | null;
  readonly result: 'ok' | 'refused';
  /** Facts that explain it: an error id, a version, a count. Never a name, a number of a person, or a text they wrote. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
  readonly requestId: string | null;
}

const auditSchema = new Schema<Omit<AuditRow, 'id'> & { _id: string }>(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    actor: { type: Object, required: true },
    act: { type: String, required: true },
    subject: { type: Object, default: null },
    result: { type: String, enum: ['ok', 'refused'], required: true },
    facts: { type: Object, default: {} },
    requestId: { type: String, default: null },
  } as never,
  { collection: 'audit', minimize: false, versionKey: false },
);
auditSchema.index({ at: -1 });
auditSchema.index({ 'actor.id': 1, at: -1 });
auditSchema.index({ 'subject.id': 1, at: -1 });

/** The ledger only grows: an update or a removal through this model is a programming mistake. */
const refuse = (): never => {
  throw new Error('the audit ledger is append-only');
};
auditSchema.pre(['updateOne', 'updateMany', 'findOneAndUpdate', 'findOneAndReplace', 'replaceOne'], refuse);
auditSchema.pre(['deleteOne', 'deleteMany', 'findOneAndDelete'], refuse);

export const AuditModel = mongoose.model('Audit', auditSchema);
