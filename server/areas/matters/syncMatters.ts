import { batchPageSize, type ItemsSystem, type MatterRecord } from '../../government/items/port.ts';
import { GovernmentError } from '../../government/kit/governmentError.ts';
import type { Clock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { log } from '../../kernel/log.ts';
import { dropLease, holdLease } from '../../kernel/outbox/lease.ts';
import { applyRecords, withdrawal } from './applyRecords.ts';
import { DeliveryModel, StagedMatterModel, type StoredDelivery } from './deliveryModel.ts';
import { matterOf } from './findMatter.ts';
import { type Matter, MatterModel } from './model.ts';
import { refuseDelivery } from './rules.ts';
import type { RunProgress } from './runModel.ts';
import { UnknownTypes } from './unknownTypes.ts';

export interface SyncRoom {
  readonly clock: Clock;
  readonly items: Pick<ItemsSystem, 'latestBatch' | 'batchPage'>;
  /** Called after matters were withdrawn, once for each that was offered; safe to call twice for one. */
  readonly onWithdrawn: (matter: Matter) => Promise<void>;
}

/** Told of each step, with what it changes; nothing is told of a delivery that was taken or refused before. */
export type Report = (progress: Partial<RunProgress>) => Promise<void>;

const lease = 'matters.sync';
const leaseMs = 60_000;
/** Of the matters that a delivery would remove. */
const namesShown = 50;

/**
 * Fetches the newest delivery of 事项管理系统 and takes it over when it is whole. Until then citizens see the old state; a page
 * that does not come, or counts that do not agree, leave it so. A stopped process is taken up again by the next run.
 * Answers the delivery as it stands, or null when another process is at it. `force` takes a delivery that removes many.
 * Throws GovernmentError when the source does not answer.
 */
export async function syncMatters(
  room: SyncRoom,
  force = false,
  report: Report = async () => {},
): Promise<StoredDelivery | null> {
  const holder = newId();
  if (!(await holdLease(lease, holder, leaseMs))) return null;
  try {
    const unfinished = await DeliveryModel.findOne({ state: 'applying' }).lean<StoredDelivery>();
    if (unfinished) await apply(unfinished._id, room, holder, report);
    await tellWithdrawn(room);
    const batch = await room.items.latestBatch();
    const known = await DeliveryModel.findById(batch.id).lean<StoredDelivery>();
    if (known?.state === 'live' || (known?.state === 'refused' && !force)) return known;
    const startedAt = room.clock.now();
    const begun = {
      state: 'receiving',
      total: batch.total,
      received: 0,
      applied: 0,
      problem: null,
      startedAt,
      finishedAt: null,
    };
    await DeliveryModel.updateOne({ _id: batch.id }, { $set: begun }, { upsert: true });
    const pages = Math.ceil(batch.total / batchPageSize);
    await report({ deliveryId: batch.id, total: batch.total, pages, pagesDone: 0, received: 0 });
    const problem = await receive(batch, room, holder, force, report);
    if (problem === null) await apply(batch.id, room, holder, report);
    else await refuse(batch.id, problem, room.clock.now());
    return await DeliveryModel.findById(batch.id).lean<StoredDelivery>();
  } finally {
    await dropLease(lease, holder);
  }
}

/** Stages all pages; answers why the delivery cannot be taken, or null. */
async function receive(
  batch: { readonly id: string; readonly total: number; readonly materials: number },
  room: SyncRoom,
  holder: string,
  force: boolean,
  report: Report,
): Promise<string | null> {
  await StagedMatterModel.deleteMany({ deliveryId: batch.id });
  const codes = new Set<string>();
  let materials = 0;
  const deleted: string[] = [];
  const reasons: string[] = [];
  const unknown = new UnknownTypes();
  for (let page = 1; page <= Math.ceil(batch.total / batchPageSize); page++) {
    let records: readonly MatterRecord[];
    try {
      records = await room.items.batchPage(batch.id, page);
    } catch (error) {
      if (!(error instanceof GovernmentError)) throw error;
      const problem = `第 ${page} 页没有取到（${error.code}），批次不完整`;
      await report({ reasons: [...reasons, `${problem}：${error.message}`] });
      return problem;
    }
    const due = Math.min(batchPageSize, batch.total - (page - 1) * batchPageSize);
    if (records.length !== due) reasons.push(`第 ${page} 页应有 ${due} 项，实收 ${records.length} 项`);
    for (const record of records) {
      codes.add(record.code);
      materials += record.materials.length;
      unknown.look(record);
      if (record.operation === 'delete') deleted.push(record.code);
    }
    await stage(batch.id, records);
    await DeliveryModel.updateOne({ _id: batch.id }, { $set: { received: codes.size } });
    await report({ pagesDone: page, received: codes.size, reasons, unknownTypes: unknown.all() });
    await holdLease(lease, holder, leaseMs);
  }
  const live = await MatterModel.find({ sourceVersion: { $ne: null }, withdrawnAt: null })
    .select('code name')
    .lean<{ code: string; name: string }[]>();
  const goes = new Set(deleted);
  const removed = live.filter(({ code }) => !codes.has(code) || goes.has(code));
  const problem = refuseDelivery(batch, {
    total: codes.size,
    materials,
    removed: removed.length,
    live: live.length,
  });
  if (problem !== null)
    reasons.push(...removed.slice(0, namesShown).map(({ code, name }) => `将下架：${name}（${code}）`));
  if (removed.length > namesShown) reasons.push(`另有 ${removed.length - namesShown} 项将下架`);
  await report({ reasons });
  return force && codes.size === batch.total && materials === batch.materials ? null : problem;
}

async function stage(deliveryId: string, records: readonly MatterRecord[]): Promise<void> {
  if (records.length === 0) return;
  const writes = records.map((record) => {
    const _id = `${deliveryId}/${record.code}`;
    return { replaceOne: { filter: { _id }, replacement: { _id, deliveryId, record }, upsert: true } };
  });
  await StagedMatterModel.collection.bulkWrite(writes as never, { ordered: false });
}

async function refuse(deliveryId: string, problem: string, finishedAt: Date): Promise<void> {
  await DeliveryModel.updateOne({ _id: deliveryId }, { $set: { state: 'refused', problem, finishedAt } });
  await StagedMatterModel.deleteMany({ deliveryId });
  log.warn({ deliveryId, problem }, 'a delivery of matters was refused');
}

/** Takes a whole delivery over, in steps that may each run twice. */
async function apply(deliveryId: string, room: SyncRoom, holder: string, report: Report): Promise<void> {
  await DeliveryModel.updateOne({ _id: deliveryId }, { $set: { state: 'applying', applied: 0 } });
  const sums = { added: 0, changed: 0, withdrawn: 0, applied: 0 };
  const named = new Set<string>();
  let last = '';
  for (;;) {
    const staged = await StagedMatterModel.find({ deliveryId, _id: { $gt: last } })
      .sort({ _id: 1 })
      .limit(batchPageSize)
      .lean<{ _id: string; record: MatterRecord }[]>();
    if (staged.length === 0) break;
    last = staged.at(-1)!._id;
    for (const { record } of staged) named.add(record.code);
    const done = await applyRecords(
      staged.map(({ record }) => record),
      deliveryId,
      room.clock.now(),
    );
    sums.added += done.added;
    sums.changed += done.changed;
    sums.withdrawn += done.withdrawn;
    sums.applied += staged.length;
    await DeliveryModel.updateOne({ _id: deliveryId }, { $set: sums });
    await report(sums);
    await holdLease(lease, holder, leaseMs);
  }
  const gone = await withdrawUnnamed(named, room.clock.now());
  await MatterModel.updateMany(
    { sourceVersion: { $ne: null }, withdrawnAt: null },
    { $set: { checkedAt: room.clock.now(), checkFailedAt: null, missingAtSource: false } },
  );
  await tellWithdrawn(room);
  await report({ withdrawn: sums.withdrawn + gone });
  const finished = { ...sums, withdrawn: sums.withdrawn + gone, state: 'live', finishedAt: room.clock.now() };
  await DeliveryModel.updateOne({ _id: deliveryId }, { $set: finished });
  await StagedMatterModel.deleteMany({ deliveryId });
}

/** Matters of the source that the delivery no longer names. */
async function withdrawUnnamed(named: ReadonlySet<string>, now: Date): Promise<number> {
  const live = await MatterModel.find({ sourceVersion: { $ne: null }, withdrawnAt: null })
    .select('code')
    .lean<{ _id: string; code: string }[]>();
  const gone = live.filter(({ code }) => !named.has(code)).map(({ _id }) => _id);
  if (gone.length > 0)
    await MatterModel.collection.bulkWrite(gone.map((id) => withdrawal(id, now)) as never, {
      ordered: false,
    });
  return gone.length;
}

/** Tells those who are concerned by withdrawn matters; what a stopped process left untold is told by the next run. */
export async function tellWithdrawn(room: Pick<SyncRoom, 'onWithdrawn'>): Promise<void> {
  const untold = await MatterModel.find({ withdrawalTold: false }).lean<(never & { _id: string })[]>();
  for (const each of untold) {
    const matter = matterOf(each);
    await room.onWithdrawn(matter);
    await MatterModel.updateOne({ _id: matter.id }, { $set: { withdrawalTold: true } });
  }
}

/** The newest deliveries, for the page where staff look at the sync. */
export const listDeliveries = (count = 20): Promise<StoredDelivery[]> =>
  DeliveryModel.find().sort({ startedAt: -1 }).limit(count).lean<StoredDelivery[]>();
