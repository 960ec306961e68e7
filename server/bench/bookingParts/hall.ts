import type { BookingRoom } from '../../areas/booking/room.ts';
import { bookingRules } from '../../areas/booking/settings.ts';
import { demoHalls } from '../../areas/halls/demo/halls.ts';
import type { Hall } from '../../areas/halls/model.ts';
import { demoMatters } from '../../areas/matters/demo/demoMatters.ts';
import { systemClock } from '../../kernel/clock.ts';
import { addDays, localDayOf, weekdayOf } from '../../kernel/localDay.ts';

/** The clock stands at a Wednesday, 08:40: the newest day has just been released. */
export const benchNow = new Date('2026-11-25T00:40:00Z');

/** The demo's halls and matters, held in memory: what is measured is booking, not reading halls. */
export function benchRoom(horizonWorkingDays = 22): BookingRoom {
  const halls = new Map(demoHalls().map((each) => [each.id, each]));
  const matters = new Map(demoMatters(benchNow).map((each) => [each.id, each]));
  return {
    clock: { ...systemClock(), now: () => benchNow },
    calendar: {
      coveredUntil: '2027-12-31',
      isEstimated: () => false,
      nameOf: () => null,
      isWorkday: (day) => weekdayOf(day) < 6,
    },
    rules: { ...bookingRules, horizonWorkingDays },
    secret: 'a secret of the bench',
    findHall: async (id) => halls.get(id) ?? null,
    findMatter: async (id) => matters.get(id) ?? null,
    findPeople: async () => [],
    mayBook: () => {},
    mayRead: () => {},
  };
}

/** A matter that every bookable hall does, and those halls. */
export function widestMatter(): { matter: string; halls: Hall[] } {
  const [widest] = demoMatters(benchNow).sort((a, b) => bookable(b).length - bookable(a).length);
  const ids = new Set(bookable(widest!).map((each) => each.hallId));
  return { matter: widest!.id, halls: demoHalls().filter((each) => ids.has(each.id)) };
}

const bookable = (matter: ReturnType<typeof demoMatters>[number]) =>
  matter.halls.filter((each) => each.bookable);

export const workdaysFrom = (count: number): string[] => {
  const days: string[] = [];
  for (let day = localDayOf(benchNow); days.length < count; day = addDays(day, 1)) {
    if (weekdayOf(day) < 6) days.push(day);
  }
  return days;
};

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

export const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits));

export const say = (text: string): void => console.log(text);

/** Runs `count` pieces of work, so many at a time; answers the milliseconds of each. */
export async function crowd(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<unknown>,
): Promise<{ seconds: number; each: number[] }> {
  const each: number[] = [];
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) {
        const index = next++;
        const from = performance.now();
        await work(index);
        each.push(performance.now() - from);
      }
    }),
  );
  return { seconds: (performance.now() - started) / 1000, each };
}
