import type { MenuItem, MenuLeaf } from '../../api/account.ts';

/** Which item: the index of a button, or of a button and an entry of its list. */
export type Path = readonly [number] | readonly [number, number];
export type Items = readonly MenuItem[];

export const limits = { buttons: 3, entries: 5 } as const;

export function itemAt(items: Items, path: Path): MenuItem | null {
  const [i, j] = path;
  const button = items[i];
  if (!button || j === undefined) return button ?? null;
  return button.kind === 'group' ? (button.items[j] ?? null) : null;
}

const replaced = <T>(list: readonly T[], index: number, item: T): T[] =>
  list.map((each, i) => (i === index ? item : each));
const without = <T>(list: readonly T[], index: number): T[] => list.filter((_, i) => i !== index);

/** A list in which the item stands one place earlier (-1) or later (1); unchanged at the ends. */
function moved<T>(list: readonly T[], index: number, by: -1 | 1): T[] {
  const to = index + by;
  const [item, other] = [list[index], list[to]];
  if (item === undefined || other === undefined) return [...list];
  return replaced(replaced(list, index, other), to, item);
}

function inGroup(items: Items, i: number, change: (leaves: readonly MenuLeaf[]) => MenuLeaf[]): MenuItem[] {
  const group = items[i];
  return group?.kind === 'group' ? replaced(items, i, { ...group, items: change(group.items) }) : [...items];
}

export function replaceAt(items: Items, [i, j]: Path, item: MenuItem): MenuItem[] {
  if (j === undefined) return replaced(items, i, item);
  return item.kind === 'group' ? [...items] : inGroup(items, i, (leaves) => replaced(leaves, j, item));
}

export const removeAt = (items: Items, [i, j]: Path): MenuItem[] =>
  j === undefined ? without(items, i) : inGroup(items, i, (leaves) => without(leaves, j));

export function moveAt(items: Items, [i, j]: Path, by: -1 | 1): { items: MenuItem[]; path: Path } {
  if (j === undefined) {
    const to = Math.min(Math.max(i + by, 0), items.length - 1);
    return { items: moved(items, i, by), path: [to] };
  }
  const group = items[i];
  const last = group?.kind === 'group' ? group.items.length - 1 : 0;
  return {
    items: inGroup(items, i, (leaves) => moved(leaves, j, by)),
    path: [i, Math.min(Math.max(j + by, 0), last)],
  };
}

export function roomAround(items: Items, [i, j]: Path): { before: boolean; behind: boolean } {
  const group = items[i];
  const length = j === undefined ? items.length : group?.kind === 'group' ? group.items.length : 0;
  const at = j ?? i;
  return { before: at > 0, behind: at < length - 1 };
}

const fresh: MenuLeaf = { kind: 'page', name: '新菜单', page: 'pages/home/index' };

/** Adds a button, or an entry to a button's list; null when there is no room for it. */
export function addAt(items: Items, under: number | null): { items: MenuItem[]; path: Path } | null {
  if (under === null) {
    return items.length < limits.buttons ? { items: [...items, fresh], path: [items.length] } : null;
  }
  const group = items[under];
  if (group?.kind !== 'group' || group.items.length >= limits.entries) return null;
  return {
    items: inGroup(items, under, (leaves) => [...leaves, fresh]),
    path: [under, group.items.length],
  };
}

/** The same item as another kind; what both kinds have is kept, a button that becomes a list becomes its first entry. */
export function asKind(item: MenuItem, kind: MenuItem['kind']): MenuItem {
  if (item.kind === kind) return item;
  const { name } = item;
  if (kind === 'group') return { kind, name, items: item.kind === 'group' ? item.items : [item] };
  if (kind === 'page') return { kind, name, page: 'pages/home/index' };
  return kind === 'link' ? { kind, name, url: 'https://' } : { kind, name, key: '' };
}
