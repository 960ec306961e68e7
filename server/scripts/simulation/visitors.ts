import { cancelBooking } from '../../areas/booking/cancelBooking.ts';
import { confirmBooking } from '../../areas/booking/confirmBooking.ts';
import { findPlace, planFor } from '../../areas/booking/findPlace.ts';
import { holdSlot } from '../../areas/booking/holdSlot.ts';
import type { Booking } from '../../areas/booking/model.ts';
import { minutesOf } from '../../areas/halls/rules.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import type { Chance } from './random.ts';
import { type Scene, simulatedDay } from './scene.ts';

/** Somebody who comes, at a minute of the day; with a booking, or to a ticket machine. */
export interface Visitor {
  readonly person: string;
  readonly group: string;
  readonly minute: number;
  readonly booking: Booking | null;
  readonly priority: boolean;
  /** What the visit takes at the window, minutes. */
  readonly minutes: number;
}

export interface Arrivals {
  readonly visitors: readonly Visitor[];
  readonly booked: number;
  readonly cancelled: number;
  readonly noShows: number;
}

/** The day before: half of the people book. Some cancel, some will not come, some will be late; the others walk in. */
export async function bookAhead(scene: Scene, count: number, chance: Chance): Promise<Arrivals> {
  const weights = scene.hall.zones.flatMap((zone) => zone.windows.map((each) => each.group));
  const visitors: Visitor[] = [];
  const tally = { booked: 0, cancelled: 0, noShows: 0 };
  const plans = Array.from({ length: count }, (_, n) => ({
    person: `V${n}`,
    group: chance.one(weights),
    books: chance.is(0.5),
    priority: chance.is(0.12),
    walks: chance.from(minutesOf('08:40'), minutesOf('16:10')),
    fate: chance.next(),
    slip: chance.from(-25, 10),
    swing: 0.6 + chance.next() * 0.8,
    pick: chance.next(),
    twice: chance.is(0.05),
  }));
  await atOnce(plans, 16, async (plan) => {
    const { person, group } = plan;
    const matters = scene.mattersOf.get(group)!;
    const matter = matters[Math.floor(plan.pick * matters.length)]!;
    const minutes = Math.max(2, Math.round(Math.min(matter.minutes, 20) * plan.swing));
    const walkIn = { person, group, minutes, minute: plan.walks, booking: null, priority: plan.priority };
    const booking = plan.books ? await book(scene, person, matter.id, plan.pick, plan.twice) : null;
    if (!booking) return void visitors.push(walkIn);
    tally.booked += 1;
    if (plan.fate < 0.03) {
      await cancelBooking(scene.booking, person, booking._id, '临时有事');
      tally.cancelled += 1;
    } else if (plan.fate < 0.1) {
      tally.noShows += 1;
    } else {
      const late = plan.fate < 0.15 ? 30 : 0;
      const minute = minutesOf(booking.start) + plan.slip + late;
      visitors.push({ ...walkIn, minute, booking, priority: false });
    }
  });
  visitors.sort((a, b) => a.minute - b.minute || (a.person < b.person ? -1 : 1));
  return { visitors, ...tally };
}

/** Three tries at times of the day; a double tap on both buttons in a few cases. */
async function book(
  scene: Scene,
  person: string,
  matter: string,
  pick: number,
  twice: boolean,
): Promise<Booking | null> {
  const room = scene.booking;
  const place = await findPlace(room, [matter], scene.hall.id);
  const planned = planFor(room, place, simulatedDay).slots;
  for (let attempt = 0; attempt < 3; attempt++) {
    const { start } = planned[Math.floor(((pick * 7919 + attempt * 0.37) % 1) * planned.length)]!;
    const wish = { matter, hall: scene.hall.id, date: simulatedDay, start };
    try {
      const tap = async () => {
        const held = await holdSlot(room, person, wish, 'weapp');
        return confirmBooking(room, person, held._id);
      };
      const [first, second] = await Promise.all([tap(), twice ? tap().catch(() => null) : null]);
      if (second && second._id !== first._id) throw new Error(`${person} was booked twice by one double tap`);
      return first;
    } catch (error) {
      if (!(error instanceof HallError) || error.status >= 500) throw error;
      if (error.id === 'booking.already_booked') {
        const mine = await confirmedOf(room, person);
        if (mine) return mine;
      }
    }
  }
  return null;
}

async function confirmedOf(room: Scene['booking'], person: string): Promise<Booking | null> {
  const { listOwnBookings } = await import('../../areas/booking/listBookings.ts');
  const mine = await listOwnBookings(room, person, { state: 'open' });
  return mine.find((each) => each.state === 'booked') ?? null;
}

/** Work on many things, so many at a time. */
export async function atOnce<T>(
  things: readonly T[],
  width: number,
  work: (thing: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(width, things.length) }, async () => {
      while (next < things.length) await work(things[next++]!);
    }),
  );
}
