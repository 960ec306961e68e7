import test from 'ava';
import type { MenuItem } from '../../api/account.ts';
import { addAt, asKind, type Items, itemAt, moveAt, removeAt, replaceAt, roomAround } from './menuTree.ts';

const page = (name: string) => ({ kind: 'page', name, page: 'pages/home/index' }) as const;
const menu: Items = [{ kind: 'group', name: '办事', items: [page('预约'), page('指南')] }, page('大厅')];
const names = (items: Items): string =>
  items
    .map((item: MenuItem) =>
      item.kind === 'group' ? `${item.name}(${item.items.map((each) => each.name)})` : item.name,
    )
    .join(' ');

test('items are found, replaced and removed by where they stand; the given menu stays as it was', (t) => {
  t.is(itemAt(menu, [0, 1])?.name, '指南');
  t.is(itemAt(menu, [1, 0]), null);
  t.is(names(replaceAt(menu, [0, 1], page('攻略'))), '办事(预约,攻略) 大厅');
  t.is(names(removeAt(menu, [0, 0])), '办事(指南) 大厅');
  t.is(names(removeAt(menu, [1])), '办事(预约,指南)');
  t.is(names(menu), '办事(预约,指南) 大厅');
});

test('moving keeps hold of the item and stops at the ends', (t) => {
  const down = moveAt(menu, [0], 1);
  t.deepEqual([names(down.items), down.path], ['大厅 办事(预约,指南)', [1]]);
  const up = moveAt(menu, [0, 0], -1);
  t.deepEqual([names(up.items), up.path], ['办事(预约,指南) 大厅', [0, 0]]);
  t.deepEqual(moveAt(menu, [0, 1], -1).path, [0, 0]);
  t.deepEqual(roomAround(menu, [0]), { before: false, behind: true });
  t.deepEqual(roomAround(menu, [0, 1]), { before: true, behind: false });
});

test('WeChat takes three buttons of five entries: a fourth and a sixth find no room', (t) => {
  const third = addAt(menu, null)!;
  t.deepEqual(third.path, [2]);
  t.is(addAt(third.items, null), null);
  let items: Items = menu;
  for (let n = 2; n < 5; n++) items = addAt(items, 0)!.items;
  t.is(addAt(items, 0), null);
  t.is(addAt(items, 1), null, 'a button that opens a page has no list');
});

test('a button that becomes a list keeps what it did as the first entry', (t) => {
  const group = asKind(page('大厅'), 'group');
  t.is(names([group]), '大厅(大厅)');
  t.deepEqual(asKind(page('大厅'), 'reply'), { kind: 'reply', name: '大厅', key: '' });
});
