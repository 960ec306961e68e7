import { localDayOf } from '../../kernel/localDay.ts';
import { listAllHalls } from '../halls/listAllHalls.ts';
import { compareVersions } from './compareVersions.ts';
import type {
  ArrangementChoices,
  SourceMatter,
  SourceMatterDetail,
  SourceMatterList,
  SyncRunView,
  SyncView,
} from './contract.ts';
import { MatterVersionModel, type StoredVersion } from './deliveryModel.ts';
import { matterOf } from './findMatter.ts';
import { type Matter, MatterModel } from './model.ts';
import type { Refreshed } from './refreshMatter.ts';
import { type SyncRun, SyncRunModel } from './runModel.ts';
import { topicNames } from './topics.ts';

const runsShown = 20;
const upcomingShown = 100;
const perPage = 20;
const versionsShown = 30;

export const presentRun = ({ _id, askedBy, ...run }: SyncRun): SyncRunView => ({
  id: _id,
  cause: run.cause,
  askedBy: askedBy?.name ?? null,
  force: run.force,
  state: run.state,
  askedAt: run.askedAt.toISOString(),
  startedAt: run.startedAt?.toISOString() ?? null,
  finishedAt: run.finishedAt?.toISOString() ?? null,
  total: run.total,
  pages: run.pages,
  pagesDone: run.pagesDone,
  received: run.received,
  applied: run.applied,
  added: run.added,
  changed: run.changed,
  withdrawn: run.withdrawn,
  problem: run.problem,
  reasons: [...run.reasons],
  unknownTypes: [...run.unknownTypes],
});

/** The page of the sync: how the catalogue stands, the newest runs, what is to come. */
export async function presentSync(configured: boolean, mayRun: boolean, now: Date): Promise<SyncView> {
  const today = localDayOf(now);
  const [runs, offered, fromSource, withdrawn, doubtful, lastGood, upcoming] = await Promise.all([
    SyncRunModel.find().sort({ askedAt: -1, _id: -1 }).limit(runsShown).lean<SyncRun[]>(),
    MatterModel.countDocuments({ withdrawnAt: null }),
    MatterModel.countDocuments({ withdrawnAt: null, sourceVersion: { $ne: null } }),
    MatterModel.countDocuments({ withdrawnAt: { $ne: null } }),
    MatterModel.countDocuments({ withdrawnAt: null, 'doubts.0': { $exists: true } }),
    SyncRunModel.findOne({ state: { $in: ['live', 'unchanged'] } })
      .sort({ askedAt: -1 })
      .lean<SyncRun>(),
    MatterVersionModel.find({ effectiveOn: { $type: 'string', $gt: today } })
      .sort({ effectiveOn: 1, _id: 1 })
      .limit(upcomingShown)
      .lean<StoredVersion[]>(),
  ]);
  return {
    configured,
    mayRun,
    runs: runs.map(presentRun),
    counts: { offered, fromSource, withdrawn, doubtful },
    lastGoodAt: lastGood?.finishedAt?.toISOString() ?? null,
    upcoming: upcoming.map(({ code, version, record, effectiveOn }) => ({
      code,
      version,
      name: record.name,
      on: effectiveOn!,
      kind: record.effectiveOn === effectiveOn ? ('version' as const) : ('cancellation' as const),
    })),
  };
}

const presentSourceRow = (matter: Matter): SourceMatter => ({
  id: matter.id,
  code: matter.code,
  name: matter.name,
  department: matter.department,
  version: matter.sourceVersion ?? null,
  withdrawn: matter.withdrawnAt != null,
  doubts: [...(matter.doubts ?? [])],
});

/** All matters by name or code, withdrawn ones too. */
export async function listSourceMatters(asked: {
  readonly q: string;
  readonly show: 'all' | 'doubtful' | 'withdrawn';
  readonly page: number;
}): Promise<SourceMatterList> {
  const query: Record<string, unknown> = {};
  if (asked.show === 'doubtful') Object.assign(query, { withdrawnAt: null, 'doubts.0': { $exists: true } });
  if (asked.show === 'withdrawn') query['withdrawnAt'] = { $ne: null };
  const word = asked.q.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (word !== '')
    query['$or'] = [{ name: { $regex: word } }, { code: { $regex: `^${word}`, $options: 'i' } }];
  const [stored, total] = await Promise.all([
    MatterModel.find(query)
      .sort({ _id: 1 })
      .skip((asked.page - 1) * perPage)
      .limit(perPage)
      .lean<never[]>(),
    MatterModel.countDocuments(query),
  ]);
  return { matters: stored.map((each) => presentSourceRow(matterOf(each))), total };
}

/** One matter with its versions, newest first, each against the one before. */
export async function presentSourceMatter(
  matter: Matter,
  refreshed: Refreshed | null,
): Promise<SourceMatterDetail> {
  const versions = await MatterVersionModel.find({ code: matter.code })
    .sort({ version: -1, seenAt: -1, _id: -1 })
    .limit(versionsShown + 1)
    .lean<StoredVersion[]>();
  return {
    ...presentSourceRow(matter),
    own: {
      topic: matter.topic,
      minutes: matter.minutes,
      places: matter.halls.map(({ hallId, hallName, group }) => ({ hallId, hallName, group })),
      bookable: matter.bookable,
    },
    checkedAt: matter.checkedAt?.toISOString() ?? null,
    refreshed,
    versions: versions.slice(0, versionsShown).map((each, at) => {
      const before = versions[at + 1];
      return {
        id: each._id,
        version: each.version,
        seenAt: each.seenAt?.toISOString() ?? null,
        effectiveOn: each.record.effectiveOn ?? each.record.cancelledOn,
        appliedAt: each.appliedAt?.toISOString() ?? null,
        differences: before ? compareVersions(before.record, each.record) : null,
      };
    }),
  };
}

/** Every hall with its kinds of windows, the district hall first; and the topics. */
export async function presentChoices(): Promise<ArrangementChoices> {
  const halls = await listAllHalls();
  return {
    topics: [...topicNames],
    halls: halls.map(({ id, name, bookable, zones }) => {
      const groups = new Map<string, { group: string; zone: string; windows: number }>();
      for (const zone of zones)
        for (const { group } of zone.windows) {
          const known = groups.get(group);
          if (known) known.windows += 1;
          else groups.set(group, { group, zone: zone.name, windows: 1 });
        }
      return { id, name, bookable, groups: [...groups.values()] };
    }),
  };
}
