import type { MatterRecord } from '../../government/items/port.ts';
import { isKnownType } from '../../government/items/typeCodes.ts';
import type { UnknownType } from './runModel.ts';

/** Counts the type codes that our table does not name, so that somebody can mend the table. */
export class UnknownTypes {
  readonly #seen = new Map<string, { count: number; example: string }>();

  look({ type, name }: Pick<MatterRecord, 'type' | 'name'>): void {
    if (isKnownType(type)) return;
    const before = this.#seen.get(type);
    this.#seen.set(type, { count: (before?.count ?? 0) + 1, example: before?.example ?? name });
  }

  all(): UnknownType[] {
    return [...this.#seen]
      .map(([code, each]) => ({ code, ...each }))
      .sort((a, b) => (a.code < b.code ? -1 : 1));
  }
}
