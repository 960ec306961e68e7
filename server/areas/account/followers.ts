import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../kernel/database.ts';
import { log } from '../../kernel/log.ts';
import { dropLease, holdLease } from '../../kernel/outbox/lease.ts';
import type { AccountRoom } from './room.ts';

/** A follower of the account, as WeChat lists them. */
interface Follower {
  /** openid */
  readonly _id: string;
  readonly unionid: string | null;
  readonly tagIds: readonly number[];
  readonly follows: boolean;
  readonly seenAt: Date;
}
const followerSchema = new Schema<Follower>(
  {
    _id: { type: String, required: true },
    unionid: { type: String, default: null },
    tagIds: { type: [Number], default: [] },
    follows: { type: Boolean, required: true },
    seenAt: { type: Date, required: true },
  } as never,
  { collection: 'followers', versionKey: false },
);
followerSchema.index({ follows: 1, seenAt: 1 });
followerSchema.index({ unionid: 1 }, { partialFilterExpression: { unionid: { $type: 'string' } } });
export const FollowerModel = mongoose.model('Follower', followerSchema);

/** Where a synchronisation is, so that a crash does not begin it anew: WeChat allows 500 lists a day. */
interface Progress {
  readonly _id: string;
  readonly after: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}
const progressSchema = new Schema<Progress>(
  {
    _id: { type: String, required: true },
    after: { type: String, default: null },
    startedAt: { type: Date, required: true },
    finishedAt: { type: Date, default: null },
  } as never,
  { collection: 'followerSyncs', versionKey: false },
);
export const SyncModel = mongoose.model('FollowerSync', progressSchema);

const detailSize = 100;
const leaseName = 'account.syncFollowers';

/**
 * Reads all followers page by page, with unionid and tags, tells the people area who follows, and marks those who left.
 * Resumes where it stopped; one process does it at a time.
 */
export async function syncFollowers(room: AccountRoom, me: string): Promise<{ seen: number }> {
  if (!(await holdLease(leaseName, me, 120_000))) return { seen: 0 };
  let seen = 0;
  try {
    let { after, startedAt } = await progress(room);
    for (;;) {
      const page = await room.account.followers(after);
      for (let i = 0; i < page.openids.length; i += detailSize) {
        await storeFollowers(room, page.openids.slice(i, i + detailSize));
        await holdLease(leaseName, me, 120_000);
      }
      seen += page.openids.length;
      if (page.next === null) break;
      after = page.next;
      await SyncModel.updateOne({ _id: 'followers' }, { $set: { after } });
    }
    await markLeft(room, startedAt);
    await SyncModel.updateOne({ _id: 'followers' }, { $set: { finishedAt: room.clock.wall(), after: null } });
    log.info({ seen }, 'the followers were synchronised');
    return { seen };
  } finally {
    await dropLease(leaseName, me);
  }
}

async function progress(room: AccountRoom): Promise<Progress> {
  const stored = await SyncModel.findById('followers').lean<Progress>();
  const aDayAgo = room.clock.wall().getTime() - 24 * 3600_000;
  if (stored && stored.finishedAt === null && stored.startedAt.getTime() > aDayAgo) return stored;
  const begun = { after: null, startedAt: room.clock.wall(), finishedAt: null };
  await SyncModel.updateOne({ _id: 'followers' }, { $set: begun }, { upsert: true });
  return { _id: 'followers', ...begun };
}

async function storeFollowers(room: AccountRoom, openids: readonly string[]): Promise<void> {
  const people = await room.account.people(openids);
  const seenAt = room.clock.wall();
  const before = await FollowerModel.find(
    { _id: { $in: openids }, follows: true },
    { _id: 1, unionid: 1 },
  ).lean<{ _id: string; unionid: string | null }[]>();
  const known = new Map(before.map(({ _id, unionid }) => [_id, unionid]));
  await FollowerModel.bulkWrite(
    people.map(({ openid, unionid, tagIds, follows }) => ({
      updateOne: {
        filter: { _id: openid },
        update: { $set: { unionid, tagIds: [...tagIds], follows, seenAt } },
        upsert: true,
      },
    })),
    { ordered: false },
  );
  for (const { openid, unionid, follows } of people) {
    if (!follows || (known.has(openid) && known.get(openid) === unionid)) continue; // nothing new about them
    if (unionid) await room.tieFollower(openid, unionid);
    await room.setFollower(openid, true);
  }
}

async function markLeft(room: AccountRoom, startedAt: Date): Promise<void> {
  const left = await FollowerModel.find({ follows: true, seenAt: { $lt: startedAt } }, { _id: 1 }).lean<
    { _id: string }[]
  >();
  for (const { _id } of left) {
    await FollowerModel.updateOne({ _id }, { $set: { follows: false } });
    await room.setFollower(_id, false);
  }
}

/** The follower with this unionid: how a person who only ever used the mini-program is found in the account. */
export async function findFollowerByUnionid(unionid: string): Promise<string | null> {
  const found = await FollowerModel.findOne({ unionid, follows: true }, { _id: 1 }).lean<{ _id: string }>();
  return found?._id ?? null;
}

/** Somebody followed or left, between two synchronisations. */
export async function recordFollow(
  openid: string,
  follows: boolean,
  unionid: string | null,
  wall: Date,
): Promise<void> {
  try {
    await FollowerModel.updateOne(
      { _id: openid },
      { $set: { follows, seenAt: wall, ...(unionid && { unionid }) } },
      { upsert: true },
    );
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}
