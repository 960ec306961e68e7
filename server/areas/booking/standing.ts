import { inTransaction } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import { dayLabel, localDayOf } from '../../kernel/localDay.ts';
import { type Appeal, appeals } from './appealModel.ts';
import { matterOf } from './bookingNotices.ts';
import { readLedger, writeLedger } from './claimQuota.ts';
import { type AppealList, bookingErrors, type StandingView } from './contract.ts';
import type { Ledger } from './ledgerModel.ts';
import { bookings } from './model.ts';
import type { BookingRoom } from './room.ts';
import { weightOf, withForgiveness } from './strikes.ts';

const kindLabels = { noShow: '未到场', lateCancel: '临近取消' } as const;

/** What counts against a person, before they book: nobody learns of a pause only by being refused. */
export async function readStanding(room: BookingRoom, personId: string): Promise<StandingView> {
  const [ledger, filed] = await Promise.all([readLedger(personId), appeals().find({ personId }).toArray()]);
  const now = room.clock.now();
  const strikes = weightOf(ledger.strikes, now, room.rules);
  const byBooking = new Map(filed.map((each) => [each.bookingId, each]));
  return {
    strikes,
    limit: room.rules.noShow.strikes,
    pausedUntil: pauseOf(ledger, now)?.toISOString() ?? null,
    note: noteOf(room, ledger, strikes, now),
    missed: ledger.strikes
      .map((each) => ({
        bookingId: each.bookingId,
        at: each.at.toISOString(),
        weight: each.weight,
        kindLabel: kindLabels[each.kind],
        forgiven: each.forgiven !== null,
        appeal: byBooking.get(each.bookingId)?.state ?? ('none' as const),
        decision: byBooking.get(each.bookingId)?.decision ?? null,
      }))
      .reverse(),
  };
}

const pauseOf = (ledger: Ledger, now: Date): Date | null =>
  ledger.pausedUntil && ledger.pausedUntil > now ? ledger.pausedUntil : null;

function noteOf({ rules }: BookingRoom, ledger: Ledger, strikes: number, now: Date): string | null {
  const paused = pauseOf(ledger, now);
  if (paused) {
    const day = dayLabel(localDayOf(paused)).split(' ')[0];
    return `网上预约暂停至 ${day}，仍可到现场取号；如有特殊原因，可以申诉。`;
  }
  if (strikes === 0) return null;
  return `${rules.noShow.withinDays} 天内已记 ${strikes} 次，满 ${rules.noShow.strikes} 次暂停网上预约 ${rules.noShow.pauseDays} 天。`;
}

/** Files an appeal against the strike of one booking; a second one answers the first. Error: booking.strike_unknown. */
export async function fileAppeal(
  room: BookingRoom,
  personId: string,
  bookingId: string,
  reason: string,
): Promise<StandingView> {
  const ledger = await readLedger(personId);
  const strike = ledger.strikes.find((each) => each.bookingId === bookingId);
  if (!strike) throw new HallError(bookingErrors.strikeUnknown);
  const appeal: Appeal = {
    _id: newId(),
    bookingId,
    personId,
    reason,
    state: 'open',
    decision: null,
    decidedBy: null,
    decidedAt: null,
    createdAt: room.clock.now(),
  };
  await appeals().updateOne({ bookingId }, { $setOnInsert: appeal }, { upsert: true });
  return readStanding(room, personId);
}

export async function listAppeals(room: BookingRoom, state: Appeal['state']): Promise<AppealList> {
  const rows = await appeals().find({ state }).sort({ _id: 1 }).limit(200).toArray();
  const [about, people] = await Promise.all([
    bookings()
      .find({ _id: { $in: rows.map((each) => each.bookingId) } })
      .toArray(),
    room.findPeople([...new Set(rows.map((each) => each.personId))]),
  ]);
  const bookingOf = new Map(about.map((each) => [each._id, each]));
  const personOf = new Map(people.map((each) => [each.id, each.displayName]));
  return {
    appeals: rows.flatMap((row) => {
      const booking = bookingOf.get(row.bookingId);
      if (!booking) return [];
      return {
        id: row._id,
        state: row.state,
        person: personOf.get(row.personId) ?? '（已注销）',
        bookingNumber: booking.number,
        matter: matterOf(booking),
        hall: booking.hallName,
        date: booking.date,
        start: booking.start,
        reason: row.reason,
        decision: row.decision,
        createdAt: row.createdAt.toISOString(),
      };
    }),
  };
}

/**
 * Decides an appeal, once. Granted: the strike no longer counts, and a pause that rested on it ends.
 * Errors: 404 booking.strike_unknown, 409 booking.appeal_decided.
 */
export async function decideAppeal(
  room: BookingRoom,
  appealId: string,
  staffId: string,
  { grant, why }: { readonly grant: boolean; readonly why: string },
): Promise<void> {
  const now = room.clock.now();
  const outcome = await inTransaction(async (session) => {
    const before = await appeals().findOneAndUpdate(
      { _id: appealId, state: 'open' },
      {
        $set: {
          state: grant ? 'granted' : 'refused',
          decision: why,
          decidedBy: `staff:${staffId}`,
          decidedAt: now,
        },
      },
      { session },
    );
    if (!before) return (await appeals().findOne({ _id: appealId }, { session })) ? 'decided' : 'unknown';
    if (grant) {
      const ledger = await readLedger(before.personId, session);
      await writeLedger(ledger, withForgiveness(ledger, [before.bookingId], why, now, room.rules), session);
    }
    return 'done';
  });
  if (outcome === 'unknown') throw new HallError(bookingErrors.strikeUnknown);
  if (outcome === 'decided') throw new HallError(bookingErrors.appealDecided);
}
