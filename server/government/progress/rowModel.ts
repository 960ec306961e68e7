import mongoose, { Schema } from 'mongoose';

/** A row of the exchange set, as it came. It holds names and numbers, so the row itself is sealed. */
export interface StoredRow {
  /** Key of the event: table, case, occurrence. */
  readonly _id: string;
  readonly version: number;
  readonly caseNumber: string;
  readonly table: string;
  readonly at: Date;
  readonly receivedAt: Date;
  /** JSON of the columns, encrypted. */
  readonly rowSealed: string;
  /** Of the application row only: finds a case by its applicant. */
  readonly applicantIndex: string | null;
  readonly userIdCode: string | null;
}

const rowSchema = new Schema<StoredRow>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    caseNumber: { type: String, required: true },
    table: { type: String, required: true },
    at: { type: Date, required: true },
    receivedAt: { type: Date, required: true },
    rowSealed: { type: String, required: true },
    applicantIndex: { type: String, default: null },
    userIdCode: { type: String, default: null },
  } as never,
  { collection: 'progressRows', versionKey: false },
);
rowSchema.index({ caseNumber: 1, at: 1 });
rowSchema.index(
  { applicantIndex: 1, at: -1 },
  { partialFilterExpression: { applicantIndex: { $type: 'string' } } },
);
rowSchema.index({ userIdCode: 1, at: -1 }, { partialFilterExpression: { userIdCode: { $type: 'string' } } });
export const ProgressRowModel = mongoose.model('ProgressRow', rowSchema);
