import { NoticeModel } from './model.ts';

/** The person opened this notice; false when it is not theirs. */
export async function markRead(personId: string, id: string, now: Date): Promise<boolean> {
  const { matchedCount, modifiedCount } = await NoticeModel.updateOne(
    { _id: id, personId, readAt: null },
    { $set: { readAt: now } },
  );
  if (matchedCount + modifiedCount > 0) return true;
  return (await NoticeModel.exists({ _id: id, personId })) !== null;
}

export async function markAllRead(personId: string, now: Date): Promise<void> {
  await NoticeModel.updateMany({ personId, readAt: null }, { $set: { readAt: now } });
}
