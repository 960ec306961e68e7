import { TestClock } from '../../../kernel/clock.ts';
import { HallError, hallErrors } from '../../../kernel/http/hallError.ts';
import { addDays, type LocalDay, weekdayOf } from '../../../kernel/localDay.ts';
import type { WorkingDayCalendar } from '../../../kernel/workingDays/calendar.ts';
import type { Hall } from '../../halls/model.ts';
import type { Matter } from '../../matters/model.ts';
import type { BookingRoom } from '../room.ts';
import { type BookingRules, bookingRules } from '../settings.ts';

/** Monday to Friday, with the holidays and make-up days given. */
export function plainCalendar(
  special: Readonly<Record<LocalDay, { name: string; works: boolean }>> = {},
  coveredUntil: LocalDay = '2027-12-31',
  estimatedFrom: LocalDay = '9999-12-31',
): WorkingDayCalendar {
  return {
    coveredUntil,
    isEstimated: (day) => day >= estimatedFrom,
    nameOf: (day) => special[day]?.name ?? null,
    isWorkday: (day) => {
      if (day > coveredUntil) throw new Error(`${day} is not covered`);
      return special[day]?.works ?? weekdayOf(day) < 6;
    },
  };
}

/** A hall with two groups of windows: `windows` of 户政, and one of 婚姻. Open 9–12 and 13–17, Monday to Friday. */
export function smallHall(windows = 1, change: Partial<Hall> = {}): Hall {
  const window = (group: string, index: number) => ({
    number: `${group}${index}`,
    name: group,
    departments: [],
    group,
  });
  return {
    id: 'small',
    kind: 'district',
    name: '示例政务服务中心',
    townCode: '440118005',
    townName: '荔湖街道',
    address: '荔湖街道示例路1号',
    phone: '020-00000000',
    place: null,
    transport: null,
    zones: [
      {
        code: 'B',
        name: 'B区 专业服务',
        floor: '首层',
        windows: [...Array.from({ length: windows }, (_, at) => window('户政', at)), window('婚姻', 0)],
      },
    ],
    hours: [{ weekdays: [1, 2, 3, 4, 5], intervals: [['09:00', '12:00'], ['13:00', '17:00']] }], // biome-ignore format: one line
    exceptions: [],
    bookable: true,
    rank: 0,
    ...change,
  };
}

export function matter(id: string, group = '户政', minutes = 15, hallId = 'small'): Matter {
  return {
    id,
    code: id,
    name: `事项${id}`,
    department: '示例部门',
    audiences: ['personal'],
    typeLabel: '公共服务',
    topic: '示例',
    legalTime: '当场办结',
    promisedTime: '当场办结',
    feeLabel: '不收费',
    minutes,
    conditions: [],
    materials: [{ name: '身份证原件', note: null, needed: true }],
    steps: [],
    laws: [],
    questions: [],
    phone: null,
    halls: [{ hallId, hallName: '示例', zone: 'B区 专业服务', group, windows: 1, bookable: true }],
    bookable: true,
    updatedAt: new Date('2026-01-01T00:00:00Z'),
  };
}

export interface TestRoom extends BookingRoom {
  readonly clock: TestClock;
  readonly halls: Map<string, Hall>;
  readonly matters: Map<string, Matter>;
  calendar: WorkingDayCalendar;
  rules: BookingRules;
}

/** A booking room of its own: no other area's data, a clock that stands still. Default: Wednesday 25 November 2026, 08:40. */
export function testRoom(
  windows = 1,
  at = '2026-11-25T00:40:00Z',
  change: Partial<BookingRules> = {},
): TestRoom {
  const halls = new Map([['small', smallHall(windows)]]);
  const matters = new Map(
    [
      matter('id'),
      matter('passport'),
      matter('hukou'),
      matter('long', '户政', 60),
      matter('wedding', '婚姻'),
    ].map((each) => [each.id, each]),
  );
  return {
    clock: new TestClock(new Date(at)),
    calendar: plainCalendar(),
    rules: { ...bookingRules, ...change },
    secret: 'a secret of the tests',
    burstFactor: 1000,
    halls,
    matters,
    findHall: async (id) => halls.get(id) ?? null,
    findMatter: async (id) => matters.get(id) ?? null,
    findPeople: async (ids) => ids.map((id) => ({ id, displayName: '王*明', phoneMasked: '138****0001' })),
    mayBook: ({ citizen }) => {
      if (citizen.level < 1) throw new HallError(hallErrors.levelTooLow);
    },
    mayRead: ({ staff }) => {
      if (!staff.roles.includes('windowClerk')) throw new HallError(hallErrors.forbidden);
    },
  };
}

export const nextDay = (day: LocalDay): LocalDay => addDays(day, 1);
