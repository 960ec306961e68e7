import { addDays, hallZone, instantAt, localDayOf } from '../../kernel/localDay.ts';
import type { NoticeStatistics } from './contract.ts';
import { NoticeModel, type NoticeState } from './model.ts';
import type { NoticesRoom } from './room.ts';
import { templates } from './templates.ts';

const sendPath = '/cgi-bin/message/template/send';
const failures: readonly NoticeState[] = ['failed', 'unknown'];

/** How notices fared by day and kind, what waits, and the day's quota. */
export async function noticeStatistics(
  room: Pick<NoticesRoom, 'account' | 'clock' | 'settings'>,
  days: number,
): Promise<NoticeStatistics> {
  const wall = room.clock.wall();
  const firstDay = addDays(localDayOf(wall), 1 - days);
  const since = instantAt(firstDay, '00:00');
  const [byDay, byKind, speed, open, oldest, quota] = await Promise.all([
    NoticeModel.aggregate<{ _id: { day: string; state: NoticeState }; count: number }>([
      { $match: { createdAt: { $gte: since } } },
      {
        $group: {
          _id: {
            day: { $dateToString: { date: '$createdAt', format: '%Y-%m-%d', timezone: hallZone } },
            state: '$state',
          },
          count: { $sum: 1 },
        },
      },
    ]),
    NoticeModel.aggregate<{ _id: { kind: string; state: NoticeState }; count: number }>([
      { $match: { createdAt: { $gte: since } } },
      { $group: { _id: { kind: '$kind', state: '$state' }, count: { $sum: 1 } } },
    ]),
    speedSince(since),
    NoticeModel.countDocuments({ open: true }),
    NoticeModel.findOne({ open: true }).sort({ dueAt: 1 }).lean<{ dueAt: Date }>(),
    room.account.quota(sendPath).catch(() => null),
  ]);
  const { share, atLeast } = room.settings.personalReserve;
  return {
    days: Array.from({ length: days }, (_, i) => dayOf(addDays(firstDay, i), byDay)),
    kinds: kindsOf(byKind),
    within10Seconds: speed,
    waiting: open,
    oldestWaitingSeconds: oldest && Math.max(0, Math.round((wall.getTime() - oldest.dueAt.getTime()) / 1000)),
    quota: quota && {
      limit: quota.dailyLimit,
      used: quota.used,
      reserve: Math.max(Math.ceil(quota.dailyLimit * share), Math.min(atLeast, quota.dailyLimit / 2)),
    },
  };
}

type Counted<K> = { _id: K; count: number };

function dayOf(
  day: string,
  rows: readonly Counted<{ day: string; state: NoticeState }>[],
): NoticeStatistics['days'][number] {
  const mine = rows.filter(({ _id }) => _id.day === day);
  const sum = (...states: NoticeState[]): number =>
    mine.reduce((total, { _id, count }) => total + (states.includes(_id.state) ? count : 0), 0);
  return {
    day,
    total: mine.reduce((total, { count }) => total + count, 0),
    delivered: sum('delivered'),
    sent: sum('sent', 'delivered'),
    refused: sum('refused'),
    failed: sum(...failures),
    unreachable: sum('unreachable'),
  };
}

function kindsOf(rows: readonly Counted<{ kind: string; state: NoticeState }>[]): NoticeStatistics['kinds'] {
  const kinds = [...new Set(rows.map(({ _id }) => _id.kind))];
  return kinds
    .map((kind) => {
      const mine = rows.filter(({ _id }) => _id.kind === kind);
      return {
        kind,
        title: templates.get(kind)?.title ?? kind,
        total: mine.reduce((total, { count }) => total + count, 0),
        failed: mine.reduce((total, { _id, count }) => total + (failures.includes(_id.state) ? count : 0), 0),
      };
    })
    .sort((a, b) => b.total - a.total);
}

/** GOV.UK's measure of a notification service: the share that was handed on within ten seconds. */
async function speedSince(since: Date): Promise<number | null> {
  const [result] = await NoticeModel.aggregate<{ total: number; quick: number }>([
    { $match: { createdAt: { $gte: since }, sentAt: { $type: 'date' } } },
    {
      $group: {
        _id: null,
        total: { $sum: 1 },
        quick: { $sum: { $cond: [{ $lte: [{ $subtract: ['$sentAt', '$createdAt'] }, 10_000] }, 1, 0] } },
      },
    },
  ]);
  return result && result.total > 0 ? result.quick / result.total : null;
}
