import test from 'ava';
import { groupWindows } from '../src/packages/halls/detail/groupWindows.ts';

const window = (number: string, name: string, departments: string[] = []) => ({ number, name, departments });

test('neighbouring windows that do the same become one line', (t) => {
  const groups = groupWindows([
    window('A01', '综合受理', ['区水务局']),
    window('A02', '综合受理', ['区水务局']),
    window('A03', '综合受理', ['区教育局']),
    window('A04', '发证'),
    window('A05', '综合受理', ['区水务局']),
  ]);
  t.deepEqual(
    groups.map(({ numbers, count, name }) => [numbers, count, name]),
    [
      ['A01–A02', 2, '综合受理'],
      ['A03', 1, '综合受理'],
      ['A04', 1, '发证'],
      ['A05', 1, '综合受理'],
    ],
  );
  t.is(
    groups.reduce((sum, group) => sum + group.count, 0),
    5,
    'no window is lost',
  );
});

test('a zone without windows has no lines', (t) => t.deepEqual(groupWindows([]), []));
