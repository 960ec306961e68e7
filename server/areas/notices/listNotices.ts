import { type Notice, NoticeModel } from './model.ts';

const pageSize = 20;

/** A person's notices, newest first, twenty at a time; `before` is the id of the last one seen. */
export async function listNotices(
  personId: string,
  before?: string,
): Promise<{ notices: Notice[]; unread: number; next: string | null }> {
  const filter = { personId, ...(before && { _id: { $lt: before } }) };
  const [found, unread] = await Promise.all([
    NoticeModel.find(filter)
      .sort({ _id: -1 })
      .limit(pageSize + 1)
      .lean<Notice[]>(),
    NoticeModel.countDocuments({ personId, readAt: null }),
  ]);
  const notices = found.slice(0, pageSize);
  return { notices, unread, next: found.length > pageSize ? notices.at(-1)!._id : null };
}
