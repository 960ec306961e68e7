import { HallError } from '../../kernel/http/hallError.ts';
import {
  changeTimetable,
  settleTimetable,
  timetableHistory,
  unsettledHalls,
} from '../halls/changeTimetable.ts';
import { describeChange } from '../halls/describeChange.ts';
import type { Hall } from '../halls/model.ts';
import { moveAway } from './closeHall.ts';
import {
  bookingErrors,
  type ScheduleEffect,
  type ScheduleRequest,
  type ScheduleView,
  type Timetable,
} from './contract.ts';
import type { Booking } from './model.ts';
import { presentRow } from './present.ts';
import { bookingsBeyond, refitSlots, shutBeyond } from './refitSlots.ts';
import type { BookingRoom } from './room.ts';

const hallOr404 = async (room: BookingRoom, id: string): Promise<Hall> => {
  const hall = await room.findHall(id);
  if (!hall) throw new HallError(bookingErrors.hallUnknown);
  return hall;
};

/** A hall's windows and hours, and how they came to be so. Error: 404 booking.hall_unknown. */
export async function readSchedule(room: BookingRoom, id: string): Promise<ScheduleView> {
  const hall = await hallOr404(room, id);
  const history = await timetableHistory(id);
  return {
    ...timetableOf(hall),
    hall: { id, name: hall.name },
    version: hall.version ?? 0,
    history: history.map(({ at, byName, why, what }) => ({
      at: at.toISOString(),
      by: byName,
      why,
      what: [...what],
    })),
  };
}

/** What a change would do, and whom it would hit; changes nothing. */
export async function previewSchedule(
  room: BookingRoom,
  id: string,
  asked: ScheduleRequest,
): Promise<ScheduleEffect> {
  const hall = await hallOr404(room, id);
  const next = checked(hall, asked);
  const hit = await bookingsBeyond(room, { ...hall, ...next });
  return effect(room, describeChange(timetableOf(hall), next), hit, 0);
}

/**
 * Changes a hall's windows and hours. What no longer fits is shut first; then each booking hit is cancelled without a
 * strike with another place held for it, as in a closure; then every slot gets its new capacity. If the process dies on
 * the way, `finishSchedules` goes on. Errors: 404 booking.hall_unknown, 409 booking.schedule_changed, 400 schedule_wrong.
 */
export async function changeSchedule(
  room: BookingRoom,
  id: string,
  asked: ScheduleRequest,
  staff: { readonly staffId: string; readonly name: string },
): Promise<ScheduleEffect> {
  const hall = await hallOr404(room, id);
  const next = checked(hall, asked);
  const what = describeChange(timetableOf(hall), next);
  if (what.length === 0) return effect(room, what, [], 0);
  const by = `staff:${staff.staffId}`;
  const author = { by, byName: staff.name, why: asked.why, at: room.clock.now() };
  const changed = await changeTimetable(hall, next, what, author);
  if (!changed) throw new HallError(bookingErrors.scheduleChanged);
  const { hit, offered } = await settle(room, changed);
  return effect(room, what, hit, offered);
}

/** Goes on with changes that a process did not finish. */
export async function finishSchedules(room: BookingRoom): Promise<void> {
  const before = new Date(room.clock.now().getTime() - 2 * 60_000);
  for (const hall of await unsettledHalls(before)) await settle(room, hall);
}

async function settle(room: BookingRoom, hall: Hall): Promise<{ hit: Booking[]; offered: number }> {
  const hit = await bookingsBeyond(room, hall);
  await shutBeyond(room, hall);
  const { by, why } = hall.unsettled ?? { by: 'clock', why: '时段调整' };
  let offered = 0;
  for (const booking of hit) {
    if (await moveAway(room, booking, { date: booking.date, reason: why }, by)) offered += 1;
  }
  await refitSlots(room, hall);
  await settleTimetable(hall.id, hall.version ?? 0);
  return { hit, offered };
}

const timetableOf = (hall: Hall): Timetable => ({
  hours: plain(hall.hours),
  exceptions: plain(hall.exceptions),
  zones: hall.zones.map(({ code, name, floor, hours, windows }) => ({
    code,
    name,
    floor,
    hours: hours ? plain(hours) : null,
    windows: windows.map((each) => ({
      number: each.number,
      name: each.name,
      group: each.group,
      departments: [...each.departments],
      hours: each.hours ? plain(each.hours) : null,
    })),
  })),
  extended: plain(hall.extended ?? []),
  matterHours: plain(hall.matterHours ?? []),
});

/** A copy without `readonly`: what the contract describes is the same shape. */
const plain = <T>(value: unknown): T => structuredClone(value) as T;

/** As stored: a unit without hours of its own has no field, so that it follows the larger one. */
function checked(hall: Hall, { version, timetable }: ScheduleRequest) {
  if (version !== (hall.version ?? 0)) throw new HallError(bookingErrors.scheduleChanged);
  const wrong = (message: string): HallError => new HallError(bookingErrors.scheduleWrong, { message });
  const codes = timetable.zones.map((each) => each.code);
  if (new Set(codes).size !== codes.length) throw wrong('两个区的编号相同，请修改。');
  const numbers = timetable.zones.flatMap((zone) => zone.windows.map((each) => each.number));
  const twice = numbers.find((each, at) => numbers.indexOf(each) !== at);
  if (twice) throw wrong(`窗口号 ${twice} 重复了，请修改。`);
  const dates = timetable.exceptions.map((each) => each.date);
  const again = dates.find((each, at) => dates.indexOf(each) !== at);
  if (again) throw wrong(`${again} 有两条特殊安排，请只留一条。`);
  return {
    ...timetable,
    zones: timetable.zones.map(({ hours, windows, ...zone }) => ({
      ...zone,
      ...(hours && { hours }),
      windows: windows.map(({ hours: own, ...each }) => ({ ...each, ...(own && { hours: own }) })),
    })),
    exceptions: [...timetable.exceptions].sort((a, b) => (a.date < b.date ? -1 : 1)),
  };
}

async function effect(
  room: BookingRoom,
  what: readonly string[],
  hit: readonly Booking[],
  offered: number,
): Promise<ScheduleEffect> {
  const people = await room.findPeople([...new Set(hit.map((each) => each.personId))]);
  const byId = new Map(people.map((each) => [each.id, each]));
  return {
    what: [...what],
    hit: hit.map((each) => presentRow(each, byId.get(each.personId))),
    offered,
    withoutOffer: hit.length - offered,
  };
}
