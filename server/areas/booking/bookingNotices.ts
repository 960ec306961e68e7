import type { ClientSession } from 'mongoose';
import { instantAt, noticeTime } from '../../kernel/localDay.ts';
import { createNotice } from '../notices/createNotice.ts';
import type { Booking } from './model.ts';
import type { Wait } from './waitModel.ts';

export const pageOf = (booking: Pick<Booking, '_id'>): string =>
  `packages/booking/detail/index?id=${booking._id}`;

/** 「2026年11月26日 09:30~10:00」 */
export const timeOf = (booking: Pick<Booking, 'startsAt' | 'end'>): string =>
  `${noticeTime(booking.startsAt)}~${booking.end}`;

/** 「增城区政务服务中心A区」 */
export const placeOf = (booking: Pick<Booking, 'hallName' | 'zoneName'>): string =>
  `${booking.hallName}${booking.zoneName?.split(' ')[0] ?? ''}`;

/** 「居民身份证换领等2项」 */
export const matterOf = (booking: Pick<Booking, 'matterName' | 'also'>): string =>
  booking.also.length > 0 ? `${booking.matterName}等${booking.also.length + 1}项` : booking.matterName;

const kinds = [
  'booking.confirmed',
  'booking.cancelled',
  'booking.cancelledByHall',
  'booking.rescheduled',
] as const;

/** Tells the person what became of a booking, once, in the transaction that changed it. */
export async function tellBooking(
  booking: Booking,
  kind: (typeof kinds)[number],
  at: Date,
  session: ClientSession,
  extra: Readonly<Record<string, string>> = {},
): Promise<void> {
  for (const personId of concerned(booking)) {
    await createNotice(
      {
        key: `${personId}:${kind}:${booking._id}`,
        personId,
        kind,
        values: { ...valuesOf(booking), ...extra },
        page: pageOf(booking),
        at,
      },
      session,
    );
  }
}

/** Who booked, and who is served where they have an account here. */
const concerned = ({ personId, served }: Booking): string[] => {
  if (/^(id|city):/.test(personId)) return []; // nobody with an account
  return served?.kind === 'person' && !served.id.startsWith('id:') ? [personId, served.id] : [personId];
};

/** A place has come to somebody who waited; `until` as 「09:15」. */
export const tellOffer = (booking: Booking, until: string, at: Date, session: ClientSession): Promise<void> =>
  createNotice(
    {
      key: `${booking.personId}:booking.offer:${booking._id}`,
      personId: booking.personId,
      kind: 'booking.offer',
      values: { ...valuesOf(booking), result: `有名额了，保留到${until}` },
      page: `packages/booking/confirm/index?id=${booking._id}`,
      at,
    },
    session,
  );

/** Nothing came of a wait; `why` is shown in the list of waits. */
export const tellWaitEnded = (
  wait: Wait,
  why: string | null,
  at: Date,
  session: ClientSession,
): Promise<void> =>
  createNotice(
    {
      key: `${wait.personId}:booking.waitEnded:${wait._id}`,
      personId: wait.personId,
      kind: 'booking.waitEnded',
      values: {
        matter: wait.matterName,
        time: noticeTime(instantAt(wait.date, wait.start ?? '00:00')).slice(0, wait.start ? 99 : 11),
        hall: placeOf(wait),
        result: [...`没有等到名额${why ? `，${why}` : ''}`].slice(0, 20).join(''),
      },
      page: 'packages/booking/waits/index',
      at,
    },
    session,
  );

/** Reminds of a visit; once for each `which`. */
export const tellReminder = (
  booking: Booking,
  which: string,
  at: Date,
  session: ClientSession,
): Promise<void> =>
  createNotice(
    {
      key: `${booking.personId}:booking.reminder:${booking._id}.${which}`,
      personId: booking.personId,
      kind: 'booking.reminder',
      values: valuesOf(booking),
      page: pageOf(booking),
      at,
    },
    session,
  );

const valuesOf = (booking: Booking): Record<string, string> => ({
  matter: matterOf(booking),
  time: timeOf(booking),
  hall: placeOf(booking),
  number: booking.number ?? '',
  materials: materialsText(booking.materials),
});

/** WeChat gives 20 characters: the first thing to bring, and how many there are. */
export function materialsText(materials: Booking['materials']): string {
  const needed = materials.filter((each) => each.needed);
  const [first] = needed;
  if (!first) return '';
  const text = needed.length === 1 ? `请带上${first.name}` : `请带上${first.name}等${needed.length}样材料`;
  return text.length <= 20 ? text : `请带齐${needed.length}样材料，详见预约单`;
}
