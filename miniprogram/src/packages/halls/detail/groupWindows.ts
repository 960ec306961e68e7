import type { HallView } from '../../../../../server/areas/halls/contract.ts';

type Window = HallView['zones'][number]['windows'][number];

export interface WindowGroup {
  /** 「A01–A42」, or 「A13」 alone. */
  readonly numbers: string;
  readonly count: number;
  readonly name: string;
  readonly departments: readonly string[];
}

/** Neighbouring windows that do the same are one line: a hall of 180 windows must fit a phone. */
export function groupWindows(windows: readonly Window[]): WindowGroup[] {
  const groups: Window[][] = [];
  for (const window of windows) {
    const open = groups.at(-1);
    const last = open?.at(-1);
    if (open && last && doesTheSame(last, window)) open.push(window);
    else groups.push([window]);
  }
  return groups.flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last) return [];
    const numbers = group.length === 1 ? first.number : `${first.number}–${last.number}`;
    return [{ numbers, count: group.length, name: first.name, departments: first.departments }];
  });
}

const doesTheSame = (one: Window, other: Window): boolean =>
  one.name === other.name && one.departments.join() === other.departments.join();
