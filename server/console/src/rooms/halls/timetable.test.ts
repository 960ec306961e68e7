import test from 'ava';
import type { Timetable } from '../../api/schedule.ts';
import { daysText, groupsOf, readTimes, withWindows } from './timetable.ts';

test('times typed by a person are read, or refused where they make no sense', (t) => {
  t.deepEqual(readTimes('9:00-12:00，13:00–17:00'), [
    ['09:00', '12:00'],
    ['13:00', '17:00'],
  ]);
  t.deepEqual(readTimes(''), []);
  t.is(readTimes('12:00-09:00'), null);
  t.is(readTimes('09:00-12:00 11:00-13:00'), null, 'overlapping');
  t.is(readTimes('25:00-26:00'), null);
  t.is(daysText([1, 2, 3, 4, 5]), '周一至周五');
  t.is(daysText([6]), '周六');
});

test('windows are taken away from the end, and added with numbers nobody has', (t) => {
  const window = (number: string, group: string) => ({
    number,
    name: group,
    group,
    departments: [],
    hours: null,
  });
  const table: Timetable = {
    hours: [],
    exceptions: [],
    extended: [],
    matterHours: [],
    zones: [
      {
        code: 'B',
        name: 'B区',
        floor: '',
        hours: null,
        windows: [window('B01', '户政'), window('B02', '户政'), window('B03', '婚姻')],
      },
    ],
  };
  const [row] = groupsOf(table.zones[0]!);
  const numbers = (count: number) =>
    withWindows(table, row!, count).zones[0]!.windows.map((each) => each.number);
  t.deepEqual(numbers(1), ['B01', 'B03']);
  t.deepEqual(numbers(4), ['B01', 'B02', 'B03', 'B04', 'B05']);
});
