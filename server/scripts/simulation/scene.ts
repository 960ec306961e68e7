import type { BookingRoom } from '../../areas/booking/room.ts';
import { bookingRules } from '../../areas/booking/settings.ts';
import { demoHalls } from '../../areas/halls/demo/halls.ts';
import type { Hall } from '../../areas/halls/model.ts';
import { HallModel } from '../../areas/halls/model.ts';
import { demoMatters } from '../../areas/matters/demo/demoMatters.ts';
import type { Matter } from '../../areas/matters/model.ts';
import type { QueueRoom } from '../../areas/queue/room.ts';
import { queueRules } from '../../areas/queue/settings.ts';
import { TestClock } from '../../kernel/clock.ts';
import { instantAt, weekdayOf } from '../../kernel/localDay.ts';

/** A Thursday; the day before, people book. */
export const simulatedDay = '2026-11-26';

export interface Scene {
  readonly clock: TestClock;
  readonly hall: Hall;
  readonly booking: BookingRoom;
  readonly queue: QueueRoom;
  /** Matters that are done in the hall, by the group of their windows. */
  readonly mattersOf: ReadonlyMap<string, readonly Matter[]>;
}

/** The district hall with so many windows (the demo's, cut or added to evenly), a clock of its own, real rules. */
export async function openScene(windowCount: number): Promise<Scene> {
  const clock = new TestClock(instantAt('2026-11-25', '08:40'));
  const hall = withWindows(demoHalls()[0]!, windowCount);
  const matters = demoMatters(clock.now()).filter((each) => each.halls.some((one) => one.hallId === hall.id));
  const { id, ...stored } = hall;
  await HallModel.create({ _id: id, ...stored } as never);
  const calendar = {
    coveredUntil: '2027-12-31',
    isEstimated: () => false,
    nameOf: () => null,
    isWorkday: (day: string) => weekdayOf(day) < 6,
  };
  const shared = {
    clock,
    calendar,
    secret: 'a secret of the simulation',
    findHall: async (wanted: string) => (wanted === id ? hall : null),
    findPeople: async () => [],
  };
  const byId = new Map(matters.map((each) => [each.id, each]));
  const mattersOf = new Map<string, Matter[]>();
  for (const matter of matters) {
    const { group } = matter.halls.find((each) => each.hallId === id)!;
    mattersOf.set(group, [...(mattersOf.get(group) ?? []), matter]);
  }
  return {
    clock,
    hall,
    booking: {
      ...shared,
      rules: bookingRules,
      findMatter: async (wanted) => byId.get(wanted) ?? null,
      mayBook: () => {},
      mayRead: () => {},
    },
    queue: { ...shared, rules: queueRules },
    mattersOf,
  };
}

function withWindows(hall: Hall, count: number): Hall {
  const all = hall.zones.reduce((sum, zone) => sum + zone.windows.length, 0);
  const zones = hall.zones.map((zone) => {
    const groups = [...new Set(zone.windows.map((each) => each.group))];
    const windows = groups.flatMap((group) => {
      const mine = zone.windows.filter((each) => each.group === group);
      return mine.slice(0, Math.max(1, Math.round((mine.length * Math.min(count, all)) / all)));
    });
    return { ...zone, windows };
  });
  const [first, ...rest] = zones;
  const more = Array.from({ length: Math.max(0, count - all) }, (_, n) => ({
    ...first!.windows[0]!,
    number: `A${String(n + 43).padStart(2, '0')}`,
  }));
  return { ...hall, zones: [{ ...first!, windows: [...first!.windows, ...more] }, ...rest] };
}
