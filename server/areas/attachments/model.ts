import mongoose, { Schema } from 'mongoose';

export interface StoredFile {
  readonly _id: string;
  readonly personId: string;
  /** The draft it belongs to; the case is found by it. */
  readonly draftId: string;
  readonly slot: string;
  readonly name: string;
  readonly size: number;
  readonly state: 'uploading' | 'scanning' | 'clean' | 'infected';
  readonly mime: string | null;
  readonly md5: string | null;
  readonly sm3: string | null;
  readonly begunAt: Date;
  readonly found: string | null;
}
const fileSchema = new Schema<StoredFile>(
  {
    _id: { type: String, required: true },
    personId: { type: String, required: true },
    draftId: { type: String, required: true },
    slot: { type: String, required: true },
    name: { type: String, required: true },
    size: { type: Number, required: true },
    state: { type: String, required: true },
    mime: { type: String, default: null },
    md5: { type: String, default: null },
    sm3: { type: String, default: null },
    begunAt: { type: Date, required: true },
    found: { type: String, default: null },
  } as never,
  { collection: 'attachments', versionKey: false },
);
fileSchema.index({ draftId: 1 });
fileSchema.index(
  { state: 1, begunAt: 1 },
  { partialFilterExpression: { state: { $in: ['uploading', 'scanning'] } } },
);
export const FileModel = mongoose.model('Attachment', fileSchema);
export const files = () => FileModel.collection as unknown as mongoose.mongo.Collection<StoredFile>;

/** A piece of a file on its way. */
interface Part {
  /** `file/number` */
  readonly _id: string;
  readonly fileId: string;
  readonly number: number;
  readonly bytes: mongoose.mongo.Binary;
  readonly at: Date;
}
const partSchema = new Schema<Part>(
  {
    _id: { type: String, required: true },
    fileId: { type: String, required: true },
    number: { type: Number, required: true },
    bytes: { type: Buffer, required: true },
    at: { type: Date, required: true },
  } as never,
  { collection: 'attachmentParts', versionKey: false },
);
partSchema.index({ fileId: 1, number: 1 });
partSchema.index({ at: 1 }, { expireAfterSeconds: 24 * 3600 }); // what was never finished
export const PartModel = mongoose.model('AttachmentPart', partSchema);
export const parts = () => PartModel.collection as unknown as mongoose.mongo.Collection<Part>;
