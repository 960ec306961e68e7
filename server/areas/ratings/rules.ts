import type { Counts } from './contract.ts';

export const levelLabels: Readonly<Record<number, string>> = {
  5: '非常满意',
  4: '满意',
  3: '基本满意',
  2: '不满意',
  1: '非常不满意',
};

/** What a silent service counts as, where the place counts it. */
export const silentLevel = 3;

export const isBad = (level: number): boolean => level <= 2;

/** As people write a number: spaces and case do not matter. */
export const plainNumber = (number: string): string => number.replace(/\s/g, '').toUpperCase();
export const plainName = (name: string): string => name.replace(/[\s·•]/g, '');

/** What can be counted; the keys of the two lower dimensions begin with the one above. */
export const dimensions = ['all', 'department', 'matter', 'hall', 'window', 'hour'] as const;
export type Dimension = (typeof dimensions)[number];
export const under = (above: string, own: string): string => `${above}\u0001${own}`;

/** Counts of one key: by level 1 … 5, and the silent ones. */
export interface Cell {
  readonly by: Dimension;
  readonly key: string;
  readonly levels: readonly number[];
  readonly silent: number;
}

/** A rating as far as counting goes. */
export interface Countable {
  readonly department: string;
  readonly matter: string;
  readonly hall: string | null;
  readonly window: string | null;
  readonly hour: number;
  readonly level: number;
  readonly silent: boolean;
}

const keysOf = (each: Countable): readonly (readonly [Dimension, string])[] => [
  ['all', ''],
  ['department', each.department],
  ['matter', under(each.department, each.matter)],
  ['hour', String(each.hour).padStart(2, '0')],
  ...(each.hall === null
    ? []
    : ([
        ['hall', each.hall],
        ['window', under(each.hall, each.window ?? '—')],
      ] as const)),
];

interface Sum {
  readonly by: Dimension;
  readonly key: string;
  readonly levels: number[];
  silent: number;
}

/** Counts ratings one at a time. */
export class Counter {
  private readonly sums = new Map<string, Sum>();

  add(each: Countable): void {
    for (const [by, key] of keysOf(each)) {
      const sum = this.sum(by, key);
      if (each.silent) sum.silent += 1;
      else sum.levels[each.level - 1]! += 1;
    }
  }

  merge(cell: Cell): void {
    const sum = this.sum(cell.by, cell.key);
    cell.levels.forEach((count, at) => {
      sum.levels[at]! += count;
    });
    sum.silent += cell.silent;
  }

  cells(): Cell[] {
    return [...this.sums.values()].sort((a, b) => (a.by + a.key < b.by + b.key ? -1 : 1));
  }

  private sum(by: Dimension, key: string): Sum {
    const name = `${by} ${key}`;
    const known = this.sums.get(name);
    if (known) return known;
    const fresh = { by, key, levels: [0, 0, 0, 0, 0], silent: 0 };
    this.sums.set(name, fresh);
    return fresh;
  }
}

/** A cell as people read it. */
export function countsOf({ levels, silent }: Pick<Cell, 'levels' | 'silent'>, key: string): Counts {
  const [one = 0, two = 0, three = 0, four = 0, five = 0] = levels;
  const active = one + two + three + four + five;
  const good = three + four + five;
  return {
    key,
    levels: [one, two, three, four, five],
    active,
    silent,
    bad: one + two,
    satisfied: active === 0 ? null : Math.round((good / active) * 1000) / 10,
  };
}
