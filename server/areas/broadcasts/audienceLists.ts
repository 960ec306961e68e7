import mongoose, { Schema } from 'mongoose';
import { HallError } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import type { FollowerPage, OfficialAccount } from '../../wechat/official-account/port.ts';
import { holdersOf } from '../booking/listVisitors.ts';
import { type Reach, reachById, reachByOpenid, reachByPhone } from '../people/findReachable.ts';
import { type AudienceListView, broadcastsErrors } from './contract.ts';
import { type LineProblem, type ListKey, partly, readKeys } from './listCheck.ts';
import type { ListLine } from './listFile.ts';
import { BroadcastModel } from './model.ts';

interface StoredList extends Omit<AudienceListView, 'id' | 'createdAt'> {
  readonly _id: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** Its people and lines were removed by age; the name stays for the record of what was sent. */
  readonly removedAt: Date | null;
}
const listSchema = new Schema<StoredList>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    lines: { type: Number, required: true },
    reachable: { type: Number, required: true },
    counts: { type: Object, required: true },
    problems: { type: [Object], required: true },
    removedAt: { type: Date, default: null },
  } as never,
  { collection: 'broadcastLists', minimize: false, versionKey: false },
);
const ListModel = mongoose.model('BroadcastList', listSchema);

/** A list's receivers, a thousand a document: page `n` of list `l` has the id `l:n`. */
const pageSchema = new Schema<{ _id: string; openids: string[] }>(
  { _id: { type: String, required: true }, openids: { type: [String], required: true } } as never,
  { collection: 'broadcastListPages', versionKey: false },
);
const PageModel = mongoose.model('BroadcastListPage', pageSchema);

const pageSize = 1000;
/** Problems told line by line; beyond that only their number. */
const told = 500;

/**
 * Checks an uploaded list and keeps those it can reach. Nothing is left out unsaid: every line that reaches nobody, and
 * every repeated one, is counted and (the first 500) named by its line.
 */
export async function keepList(
  account: Pick<OfficialAccount, 'people'>,
  given: { readonly name: string; readonly lines: readonly ListLine[]; readonly staffId: string },
  now: Date,
): Promise<AudienceListView> {
  const { keys, problems } = readKeys(given.lines);
  const openids = new Map<string, number>();
  for (let i = 0; i < keys.length; i += pageSize) {
    const part = keys.slice(i, i + pageSize);
    const reach = await reachOf(
      account,
      part.map(({ key }) => key),
    );
    for (const { line, text, key } of part) {
      const people = reach.get(`${key.kind}:${key.value}`) ?? [];
      const reached = people.flatMap(({ openid }) => (openid === null ? [] : [openid]));
      const fresh = reached.filter((openid) => !openids.has(openid));
      const say = (problem: LineProblem['problem'], of: number | null = null): number =>
        problems.push({ line, text: partly(text), problem, of });
      if (people.length === 0) say('unknown');
      else if (reached.length === 0) say('notFollowing');
      // Another way to name the same person: their phone here, their openid above.
      else if (fresh.length === 0) say('duplicate', openids.get(reached[0]!)!);
      for (const openid of fresh) openids.set(openid, line);
    }
  }
  if (openids.size === 0) {
    throw new HallError(broadcastsErrors.listEmpty, { details: { problems: problems.slice(0, told) } });
  }
  problems.sort((a, b) => a.line - b.line);
  const count = (kind: LineProblem['problem']): number =>
    problems.filter(({ problem }) => problem === kind).length;
  const list: StoredList = {
    _id: newId(),
    name: given.name,
    createdBy: given.staffId,
    createdAt: now,
    lines: given.lines.length,
    reachable: openids.size,
    counts: {
      malformed: count('malformed'),
      unknown: count('unknown'),
      duplicate: count('duplicate'),
      notFollowing: count('notFollowing'),
    },
    problems: problems.slice(0, told),
    removedAt: null,
  };
  const all = [...openids.keys()];
  for (let i = 0; i < all.length; i += pageSize) {
    await PageModel.create([{ _id: `${list._id}:${i / pageSize}`, openids: all.slice(i, i + pageSize) }]);
  }
  await ListModel.create([list]); // last: a list that can be found is whole
  return viewOf(list);
}

const viewOf = ({ _id, createdBy: _, removedAt: __, createdAt, ...rest }: StoredList): AudienceListView => ({
  ...rest,
  id: _id,
  createdAt: createdAt.toISOString(),
});

/** Errors: `broadcasts.list_not_found`, also when it was removed by age. */
export async function findList(id: string): Promise<AudienceListView> {
  const found = await ListModel.findOne({ _id: id, removedAt: null }).lean<StoredList>();
  if (!found) throw new HallError(broadcastsErrors.listNotFound);
  return viewOf(found);
}

export async function listNameOf(
  id: string,
): Promise<{ readonly name: string; readonly removed: boolean } | null> {
  const found = await ListModel.findById(id, { name: 1, removedAt: 1 }).lean<
    Pick<StoredList, 'name' | 'removedAt'>
  >();
  return found && { name: found.name, removed: found.removedAt !== null };
}

/**
 * Empties lists older than `days`: who is on them, and the lines that were wrong. One that a broadcast still needs stays
 * until that one is over; a draft needs none (its author uploads it anew). Answers how many.
 */
export async function removeOldLists(days: number, now: Date): Promise<number> {
  const before = new Date(now.getTime() - days * 86_400_000);
  const needed: string[] = await BroadcastModel.collection.distinct('audience.listId', {
    'audience.kind': 'list',
    state: { $in: ['submitted', 'approved', 'sending', 'paused'] },
  });
  const old = ListModel.find(
    { createdAt: { $lt: before }, removedAt: null, _id: { $nin: needed } },
    { reachable: 1 },
  );
  let removed = 0;
  for (const { _id, reachable } of await old.lean<Pick<StoredList, '_id' | 'reachable'>[]>()) {
    const pages = Math.ceil(reachable / pageSize);
    await PageModel.deleteMany({ _id: { $in: Array.from({ length: pages }, (_, n) => `${_id}:${n}`) } });
    await ListModel.updateOne({ _id }, { $set: { problems: [], removedAt: now } });
    removed += 1;
  }
  return removed;
}

/** Its receivers, a page at a time. */
export async function pageOfList(listId: string, after: string | null): Promise<FollowerPage> {
  const { reachable } = await findList(listId);
  const n = after === null ? 0 : Number(after);
  const page = await PageModel.findById(`${listId}:${n}`).lean<{ openids: string[] }>();
  const more = (n + 1) * pageSize < reachable;
  return { total: reachable, openids: page?.openids ?? [], next: more ? String(n + 1) : null };
}

async function reachOf(
  account: Pick<OfficialAccount, 'people'>,
  keys: readonly ListKey[],
): Promise<Map<string, Reach[]>> {
  const of = (kind: ListKey['kind']): string[] =>
    keys.filter((key) => key.kind === kind).map(({ value }) => value);
  const [phones, holders, known] = await Promise.all([
    reachByPhone(of('phone')),
    holdersOf(of('number')),
    reachByOpenid(of('openid')),
  ]);
  const people = await reachById([...new Set(holders.values())]);
  const found = new Map<string, Reach[]>();
  for (const [phone, reach] of phones) found.set(`phone:${phone}`, reach);
  for (const [number, personId] of holders) {
    const reach = people.get(personId);
    if (reach) found.set(`number:${number}`, [reach]);
  }
  for (const [openid, reach] of known) found.set(`openid:${openid}`, [reach]);
  // Followers who have never been in the hall are known to WeChat only.
  const strangers = of('openid').filter((openid) => !known.has(openid));
  for (let i = 0; i < strangers.length; i += 100) {
    for (const { openid, follows } of await account.people(strangers.slice(i, i + 100))) {
      if (follows) found.set(`openid:${openid}`, [{ personId: openid, openid }]);
    }
  }
  return found;
}
