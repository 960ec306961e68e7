import { addDays, dayLabel, localDayOf } from '../../kernel/localDay.ts';
import type { WaitState, WaitView } from './contract.ts';
import { bookings } from './model.ts';
import type { BookingRoom } from './room.ts';
import { slots } from './slotModel.ts';
import { type Wait, waits } from './waitModel.ts';

export const waitLabels: Readonly<Record<WaitState, string>> = {
  waiting: '候补中',
  offered: '有名额了',
  accepted: '候补成功',
  declined: '没有要',
  passed: '没有及时确认',
  left: '已退出',
  closed: '没有等到',
};

/** A person's waits: those that are open, and what became of others for days since yesterday. */
export async function listWaits(room: BookingRoom, personId: string): Promise<WaitView[]> {
  const since = addDays(localDayOf(room.clock.now()), -1);
  const rows = await waits()
    .find({ personId, $or: [{ open: true }, { date: { $gte: since } }] })
    .sort({ open: -1, date: 1, _id: 1 })
    .limit(30)
    .toArray();
  return Promise.all(rows.map((each) => presentWait(each)));
}

export async function presentWait(wait: Wait): Promise<WaitView> {
  const [ahead, booking] = await Promise.all([
    wait.state === 'waiting' ? aheadOf(wait) : null,
    wait.bookingId ? bookings().findOne({ _id: wait.bookingId }) : null,
  ]);
  return {
    id: wait._id,
    matter: { id: wait.matterId, name: wait.matterName },
    hall: { id: wait.hallId, name: wait.hallName, zone: wait.zoneName },
    date: wait.date,
    dayLabel: dayLabel(wait.date),
    start: booking?.start ?? wait.start,
    end: booking?.end ?? wait.end,
    state: wait.state,
    stateLabel: waitLabels[wait.state],
    ahead,
    bookingId: wait.bookingId,
    offerUntil: wait.state === 'offered' ? (booking?.holdUntil?.toISOString() ?? null) : null,
    note: wait.state === 'closed' ? (wait.history.at(-1)?.why ?? null) : null,
    createdAt: wait.createdAt.toISOString(),
  };
}

/** How many are in front, in the line in which they are the fewest. */
async function aheadOf(wait: Wait): Promise<number> {
  const lines = await slots()
    .find({ _id: { $in: [...wait.slotIds] }, 'waiting.entryId': wait._id }, { projection: { waiting: 1 } })
    .toArray();
  const places = lines.map((each) => each.waiting.findIndex(({ entryId }) => entryId === wait._id));
  return places.length === 0 ? 0 : Math.min(...places);
}
