import type { ClientSession } from 'mongoose';
import { newId } from '../../kernel/ids.ts';
import { addDays, localDayOf, noticeTime } from '../../kernel/localDay.ts';
import { createNotice } from '../notices/createNotice.ts';
import { serviceEvents } from './model.ts';
import type { RatingsRoom } from './room.ts';
import { plainName, plainNumber } from './rules.ts';

export interface RenderedService {
  /** `ticket:<id>` or `case:<number>`. A second event of the key is ignored: one service, one rating. */
  readonly key: string;
  readonly kind: 'hall' | 'online';
  readonly personId: string | null;
  /** What the citizen knows the service by: the number of the case or of the booking. */
  readonly number: string;
  readonly matter: string;
  readonly department: string;
  readonly hall: { readonly id: string; readonly name: string; readonly window: string | null } | null;
  readonly finishedAt: Date;
}

/** The blind index by which name and number find a service. */
export const lookUpOf = (room: RatingsRoom, name: string, number: string): string =>
  room.cipher.index(`${plainNumber(number)} ${plainName(name)}`, 'ratings.lookUp');

/**
 * A service is over: from now on it can be rated, and the citizen is invited. Idempotent on `key`; joins the caller's
 * transaction.
 */
export async function openRatingEvent(
  room: RatingsRoom,
  service: RenderedService,
  session: ClientSession,
): Promise<void> {
  const { key, kind, personId, number, matter, department, hall, finishedAt } = service;
  const person = personId === null ? null : await room.findPerson(personId);
  const _id = newId();
  const row = {
    ...{ _id, kind, personId, number, matter, department, finishedAt },
    lookUp: person?.name ? lookUpOf(room, person.name, number) : null,
    ...{ hallId: hall?.id ?? null, hall: hall?.name ?? null, window: hall?.window ?? null },
    until: addDays(localDayOf(finishedAt), room.rules.silentDays),
    ...{ open: true, rating: null, voided: false },
  };
  const written = await serviceEvents().updateOne({ key }, { $setOnInsert: row }, { upsert: true, session });
  if (written.upsertedCount === 0 || personId === null) return;
  await createNotice(
    {
      key: `${personId}:rating.invite:${key}`,
      personId,
      kind: 'rating.invite',
      values: {
        matter,
        window: hall ? `${hall.name}${hall.window ? `${hall.window}号窗口` : ''}` : department,
        time: noticeTime(finishedAt),
      },
      page: `packages/rating/rate/index?id=${_id}`,
      at: finishedAt,
    },
    session,
  );
}
