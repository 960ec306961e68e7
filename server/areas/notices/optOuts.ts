import mongoose, { Schema } from 'mongoose';
import { templates } from './templates.ts';

/** Kinds of notice a person switched off. */
interface OptOuts {
  /** personId */
  readonly _id: string;
  readonly kinds: readonly string[];
}

const optOutSchema = new Schema<OptOuts>(
  { _id: { type: String, required: true }, kinds: { type: [String], default: [] } } as never,
  { collection: 'noticeOptOuts', versionKey: false },
);
const OptOutModel = mongoose.model('NoticeOptOut', optOutSchema);

export async function isOptedOut(personId: string, kind: string): Promise<boolean> {
  if (!templates.get(kind)?.mayOptOut) return false;
  return (await OptOutModel.exists({ _id: personId, kinds: kind })) !== null;
}

export async function listOptOuts(personId: string): Promise<ReadonlySet<string>> {
  const stored = await OptOutModel.findById(personId).lean<OptOuts>();
  return new Set(stored?.kinds);
}

/** Kinds that may not be switched off are left on, silently: the page does not offer them. */
export async function setOptOut(personId: string, kind: string, off: boolean): Promise<void> {
  if (!templates.get(kind)?.mayOptOut) return;
  await OptOutModel.updateOne(
    { _id: personId },
    off ? { $addToSet: { kinds: kind } } : { $pull: { kinds: kind } },
    { upsert: true },
  );
}
