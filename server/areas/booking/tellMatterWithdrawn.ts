import { noticeTime } from '../../kernel/localDay.ts';
import type { Matter } from '../matters/model.ts';
import { createNotice } from '../notices/createNotice.ts';
import { pageOf } from './bookingNotices.ts';
import { bookings } from './model.ts';

/**
 * A matter is no longer offered: whoever has a visit for it ahead is told, with the way to their booking, where they can choose
 * another time or matter. The booking itself stays: the hall may still serve them. Safe to call twice. Answers how many.
 */
export async function tellMatterWithdrawn(matter: Pick<Matter, 'id' | 'name'>, now: Date): Promise<number> {
  const ahead = await bookings()
    .find({
      $or: [{ matterId: matter.id }, { 'also.id': matter.id }],
      state: { $in: ['held', 'booked'] },
      startsAt: { $gt: now },
    })
    .toArray();
  for (const booking of ahead) {
    await createNotice({
      key: `${booking.personId}:matter.withdrawn:${booking._id}:${matter.id}`,
      personId: booking.personId,
      kind: 'service.announcement',
      values: {
        subject: '您预约的事项已停止办理',
        scope: [...matter.name].slice(0, 20).join(''),
        time: noticeTime(booking.startsAt),
        tip: '请改约其他事项或致电大厅',
      },
      page: pageOf(booking),
      at: now,
    });
  }
  return ahead.length;
}
