import { cancelForHall, cancelledElsewhere } from '../areas/booking/cancelElsewhere.ts';
import type { CityChannel } from '../areas/booking/cityChannel.ts';
import { importVisit } from '../areas/booking/importVisit.ts';
import { ledgerOf } from '../areas/booking/ledgerOf.ts';
import { type OpenBooking, openBookingsOf } from '../areas/booking/openBookings.ts';
import type { BookingRoom } from '../areas/booking/room.ts';
import { findMatter } from '../areas/matters/findMatter.ts';
import { findMatterByCode } from '../areas/matters/findMatterByCode.ts';
import { findByIdNumber } from '../areas/people/findByIdNumber.ts';
import { findPerson } from '../areas/people/findPerson.ts';
import type { Config } from '../config.ts';
import { createCityBooking } from '../government/booking/client.ts';
import type { StepRoom } from '../government/booking/keepInStep.ts';
import {
  cancelAgain,
  followChanges,
  followNew,
  queueAgain,
  queueCancel,
  queueOrder,
  sendNext,
} from '../government/booking/keepInStep.ts';
import { findOrders } from '../government/booking/orderModel.ts';
import type { CityBooking, CityVisit } from '../government/booking/port.ts';
import type { Gates } from '../government/gates.ts';
import { GovernmentError } from '../government/kit/governmentError.ts';
import type { Clock } from '../kernel/clock.ts';
import { maskName } from '../kernel/identifiers/personName.ts';
import { maskPhone } from '../kernel/identifiers/phone.ts';
import type { Job, Worker } from '../kernel/jobs.ts';
import { addDays, localDayOf } from '../kernel/localDay.ts';
import { log } from '../kernel/log.ts';
import { startWorkLoop } from '../kernel/outbox/workLoop.ts';

const by = 'city';

export interface CityRoom {
  readonly channel: CityChannel;
  jobs(booking: BookingRoom): readonly Job[];
  workers(booking: BookingRoom): readonly Worker[];
}

/** Null where the system is not configured: the hall keeps its bookings to itself. */
export function openCity(
  config: Pick<Config, 'BOOKING_BASE'>,
  clock: Clock,
  gates: Gates,
  orgCodes: Readonly<Record<string, string>>,
): (CityRoom & { close(): Promise<void> }) | null {
  if (!config.BOOKING_BASE) return null;
  const city = createCityBooking({ base: config.BOOKING_BASE, gate: gates.of('booking') });
  return { ...openCityBooking(city, clock, orgCodes), close: () => city.close() };
}

/** The city's booking system and ours as one set of bookings (R5.1.4, R8.3). `orgCodes`: the city's name of each hall. */
export function openCityBooking(
  city: CityBooking,
  clock: Clock,
  orgCodes: Readonly<Record<string, string>>,
): CityRoom {
  const channel: CityChannel = {
    async order(booking, session) {
      const orgCode = orgCodes[booking.hallId];
      // The city takes no bookings for today; who books for today is seen at the door.
      if (!orgCode || !booking.number || booking.date <= localDayOf(clock.now())) return false;
      // It knows people, once a matter and day. Enterprises, and who has no account here, are booked with us only.
      const personId = ledgerOf(booking);
      const matter = /^(id|firm|city):/.test(personId) ? null : await findMatter(booking.matterId);
      if (!matter) return false;
      const order = {
        ...{ orgCode, itemCode: matter.code, itemName: matter.name },
        ...{ day: booking.date, from: booking.start, until: booking.end },
      };
      await queueOrder(booking.number, personId, order, clock.wall(), session);
      return true;
    },
    async cancel(booking, session) {
      if (booking.number) await queueCancel(booking.number, clock.wall(), session);
    },
  };
  return {
    channel,
    jobs: (booking) => [
      {
        name: 'cityBooking.follow',
        schedule: '* * * * *',
        run: () => patiently(() => followChanges(stepRoom(city, booking, orgCodes))),
      },
      {
        name: 'cityBooking.reconcile',
        schedule: '20 3,12 * * *',
        run: () =>
          patiently(async () => {
            const counts = await reconcile(stepRoom(city, booking, orgCodes), booking, channel, orgCodes);
            log.info({ counts }, 'bookings compared with the city');
          }),
      },
    ],
    workers: (booking) => [
      {
        name: 'cityBooking.send',
        start: () =>
          startWorkLoop({
            name: 'cityBooking.send',
            pollMs: 1000,
            step: () => sendNext(stepRoom(city, booking, orgCodes)),
          }),
      },
    ],
  };
}

/** A system that is silent is asked again at the next time. */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof GovernmentError)) throw error;
    log.warn({ code: `${error.kind}:${error.code}` }, 'the city’s booking system did not answer');
  }
}

export function stepRoom(
  city: CityBooking,
  booking: BookingRoom,
  orgCodes: Readonly<Record<string, string>>,
): StepRoom {
  const end = (number: string, reason: string, offer: boolean) =>
    cancelForHall(booking, number, { by, reason: [...reason].slice(0, 12).join(''), offer });
  return {
    clock: booking.clock,
    city,
    personOf: async (id) => {
      const person = await findPerson(id);
      const { name, idNumber, phone } = person ?? {};
      return name && idNumber ? { id, name, idNumber, phone: phone ?? '' } : null;
    },
    // Only these two say that ours cannot stand. What the city does not know (a make-up Saturday, a matter) stays ours.
    onRefused: async (number, code) => {
      if (code === 'full') await end(number, '市预约系统已约满', true);
      if (code === 'duplicate') await end(number, '当天已在别处预约', false);
    },
    onCancelledByHall: async (number, reason) => void (await end(number, reason, true)),
    onCancelledByPerson: (number) => cancelledElsewhere(booking, number, by),
    onMadeElsewhere: async (visit) => {
      const ours = await inOurTerms(visit, orgCodes);
      return ours ? importVisit(booking, ours) : 'unknown';
    },
  };
}

async function inOurTerms(visit: CityVisit, orgCodes: Readonly<Record<string, string>>) {
  const hallId = Object.keys(orgCodes).find((id) => orgCodes[id] === visit.orgCode);
  const matter = hallId && (await findMatterByCode(visit.itemCode));
  if (!hallId || !matter) return null;
  const person = await findByIdNumber(visit.person.idNumber);
  return {
    ...{ number: visit.orderNo, channel: `city/${visit.channel}`, hallId, matterId: matter.id },
    ...{ date: visit.day, start: visit.from, personId: person?.id ?? null },
    visitor: {
      name: maskName(visit.person.name),
      phone: visit.person.phone ? maskPhone(visit.person.phone) : null,
    },
  };
}

export interface Reconciled {
  /** Booked there, unknown here: taken over, or taken back there where no place was left. */
  imported: number;
  /** Cancelled there, booked here: cancelled here. */
  endedHere: number;
  /** Booked here, missing there: sent again. */
  sent: number;
  /** Cancelled here, booked there: cancelled there again. */
  endedThere: number;
}

/** Both sets of the days to come side by side; what differs is put right. Safe to run at any time, and twice. */
export async function reconcile(
  step: StepRoom,
  booking: BookingRoom,
  channel: CityChannel,
  orgCodes: Readonly<Record<string, string>>,
  days = 15,
): Promise<Reconciled> {
  const counts: Reconciled = { imported: 0, endedHere: 0, sent: 0, endedThere: 0 };
  const today = localDayOf(booking.clock.now());
  for (const [hallId, orgCode] of Object.entries(orgCodes)) {
    for (let day = addDays(today, 1); day <= addDays(today, days); day = addDays(day, 1)) {
      // Ours first: what is booked here while the city answers is not taken for missing there.
      const ours = await openBookingsOf(hallId, day);
      const theirs = await step.city.ofDay(orgCode, day);
      await compare(step, { ours, theirs, channel }, counts);
    }
  }
  return counts;
}

interface Sides {
  readonly ours: readonly OpenBooking[];
  readonly theirs: Awaited<ReturnType<CityBooking['ofDay']>>;
  readonly channel: CityChannel;
}

async function compare(step: StepRoom, { ours, theirs, channel }: Sides, counts: Reconciled): Promise<void> {
  const numberOf = (each: Sides['theirs'][number]): string => each.ourNumber || each.orderNo;
  const rows = await findOrders([...ours.map((each) => each.number), ...theirs.map(numberOf)]);
  const now = step.clock.wall();
  for (const order of theirs) {
    const number = numberOf(order);
    const row = rows.get(number);
    if (row?.open) continue; // under way
    const here = ours.find((each) => each.number === number);
    if (order.state === 'booked' && order.ourNumber === '' && !row && order.visit) {
      if ((await followNew(step, order.visit)) !== 'unknown') counts.imported += 1;
    } else if (order.state === 'booked' && row?.wanted === 'cancelled') {
      await cancelAgain(number, order.orderNo, now);
      counts.endedThere += 1;
    } else if (here && row?.wanted === 'booked' && order.state === 'cancelledByHall') {
      await step.onCancelledByHall(number, order.reason ?? '大厅调整');
      counts.endedHere += 1;
    } else if (here && row?.wanted === 'booked' && order.state === 'cancelledByPerson') {
      await step.onCancelledByPerson?.(number);
      counts.endedHere += 1;
    }
  }
  const known = new Set(theirs.map(numberOf));
  for (const here of ours) {
    if (known.has(here.number)) continue;
    const row = rows.get(here.number);
    if (row?.open || row?.state === 'refused') continue;
    if (row) await queueAgain(here.number, now);
    if (row || (await here.send(channel))) counts.sent += 1;
  }
}
