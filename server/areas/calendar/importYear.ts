import type { ClientSession } from 'mongoose';
import { inTransaction, isDuplicateKey } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import type { StaffMember } from '../../kernel/http/route.ts';
import { newId } from '../../kernel/ids.ts';
import { localDayOf } from '../../kernel/localDay.ts';
import { estimatedHolidays } from '../../kernel/workingDays/estimate.ts';
import { publishedUntil } from '../../kernel/workingDays/load.ts';
import { officialUntil } from '../../kernel/workingDays/officialDays.ts';
import { type CalendarImportInput, calendarErrors } from './contract.ts';
import {
  type CalendarImport,
  CalendarImportModel,
  type CalendarYear,
  CalendarYearModel,
  revisionId,
} from './model.ts';
import { previewYear } from './previewYear.ts';
import type { CalendarRoom } from './room.ts';
import { checkYear } from './rules.ts';

type By = Pick<StaffMember, 'staffId' | 'name'>;
const who = ({ staffId, name }: By): CalendarImport['importedBy'] => ({ id: staffId, name });

/** Hands a year in for a second person to look at. Errors: `invalid` (details: problems), `waiting`. */
export async function importYear(
  room: CalendarRoom,
  input: CalendarImportInput,
  staff: By,
): Promise<CalendarImport> {
  const { days, problems } = await previewYear(room, input.year, input.text);
  if (problems.length > 0) throw new HallError(calendarErrors.invalid, { details: { problems } });
  const made = {
    _id: newId(),
    ...input,
    state: 'waiting' as const,
    days,
    importedBy: who(staff),
    importedAt: room.clock.now(),
  };
  try {
    await CalendarImportModel.create([made]);
  } catch (error) {
    if (isDuplicateKey(error)) throw new HallError(calendarErrors.waiting);
    throw error;
  }
  return findImport(made._id);
}

/** Errors: `notFound`. */
export async function findImport(id: string): Promise<CalendarImport> {
  const found = await CalendarImportModel.findById(id).lean<CalendarImport>();
  if (!found) throw new HallError(calendarErrors.notFound);
  return found;
}

/** Lets a waiting year count, in every process within seconds. Errors: `notFound`, `ownImport`, `wrongState`, `invalid`. */
export async function approveImport(room: CalendarRoom, id: string, staff: By): Promise<CalendarImport> {
  const found = await findImport(id);
  if (found.importedBy.id === staff.staffId) throw new HallError(calendarErrors.ownImport);
  await inTransaction(async (session) => {
    const years = await liveYears(session);
    // Looked at again: the year may be over, or the year before it taken back since.
    const { problems } = checkYear(found.year, found.days, {
      today: localDayOf(room.clock.now()),
      publishedUntil: publishedUntil(new Map([...years.keys()].map((year) => [year, new Map()]))),
      isWorkday: () => null,
      statutory: estimatedHolidays(found.year),
    });
    if (problems.length > 0) throw new HallError(calendarErrors.invalid, { details: { problems } });
    const replaces = years.get(found.year) ?? null;
    const decided = { decidedBy: who(staff), decidedAt: room.clock.now(), replaces };
    await move(id, 'waiting', { state: 'live', ...decided }, session);
    if (replaces) await move(replaces, 'live', { state: 'replaced' }, session);
    await setLive(found.year, id, session);
  });
  await room.refresh();
  return findImport(id);
}

/** Sends a waiting year back; who handed it in may do it too. Errors: `notFound`, `wrongState`. */
export async function rejectImport(
  room: CalendarRoom,
  id: string,
  reason: string,
  staff: By,
): Promise<CalendarImport> {
  await findImport(id);
  const decided = { decidedBy: who(staff), decidedAt: room.clock.now() };
  await move(id, 'waiting', { state: 'rejected', reason, ...decided });
  return findImport(id);
}

/**
 * Takes a year that counts back: what counted before it counts again. Errors: `notFound`, `wrongState`, `leavesGap` (a
 * later imported year would be left without the years before it).
 */
export async function undoImport(
  room: CalendarRoom,
  id: string,
  reason: string,
  staff: By,
): Promise<CalendarImport> {
  const found = await findImport(id);
  await inTransaction(async (session) => {
    const years = await liveYears(session);
    const vanishes = found.replaces === null && `${found.year}-12-31` > officialUntil;
    if (vanishes && [...years.keys()].some((year) => year > found.year))
      throw new HallError(calendarErrors.leavesGap);
    const undone = { undoneBy: who(staff), undoneAt: room.clock.now() };
    await move(id, 'live', { state: 'undone', reason, ...undone }, session);
    if (found.replaces) await move(found.replaces, 'replaced', { state: 'live' }, session);
    await setLive(found.year, found.replaces, session);
  });
  await room.refresh();
  return findImport(id);
}

/** The import that counts for each year that has one. */
async function liveYears(session: ClientSession): Promise<Map<number, string>> {
  const years = await CalendarYearModel.find({ importId: { $ne: null } })
    .session(session)
    .lean<CalendarYear[]>();
  return new Map(years.map(({ _id, importId }) => [_id, importId!]));
}

/** Every decision writes the revision too, so that two at once meet there and one looks again. */
async function setLive(year: number, importId: string | null, session: ClientSession): Promise<void> {
  await CalendarYearModel.updateOne({ _id: year }, { $set: { importId } }, { upsert: true, session });
  await CalendarYearModel.updateOne(
    { _id: revisionId },
    { $inc: { revision: 1 } },
    { upsert: true, session },
  );
}

async function move(
  id: string,
  from: CalendarImport['state'],
  set: Partial<CalendarImport>,
  session?: ClientSession,
): Promise<void> {
  const { modifiedCount } = await CalendarImportModel.updateOne(
    { _id: id, state: from },
    { $set: set },
    session ? { session } : {},
  );
  if (modifiedCount !== 1) throw new HallError(calendarErrors.wrongState);
}
