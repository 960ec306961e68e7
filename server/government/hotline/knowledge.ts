import { localDayOf } from '../../kernel/localDay.ts';
import type { KnowledgeEntry } from './port.ts';

/** One entry of each number, the highest version: an older one is never right again, whatever became of the newer. */
export function highestVersions<T extends Pick<KnowledgeEntry, 'id' | 'version'>>(
  entries: readonly T[],
): readonly T[] {
  const highest = new Map<string, T>();
  for (const entry of entries) {
    const known = highest.get(entry.id);
    if (!known || entry.version > known.version) highest.set(entry.id, entry);
  }
  return [...highest.values()];
}

/** Whether an entry may be shown: begun, not run out (its last day counts whole, in Beijing), not withdrawn (§9 no. 19). */
export function isShown(
  entry: Pick<KnowledgeEntry, 'validFrom' | 'validTo' | 'withdrawn'>,
  now: Date,
): boolean {
  const today = localDayOf(now);
  return (
    !entry.withdrawn &&
    (entry.validFrom === null || entry.validFrom <= today) &&
    (entry.validTo === null || today <= entry.validTo)
  );
}

/** What may be shown now, out of all versions ever received. */
export const shownEntries = (entries: readonly KnowledgeEntry[], now: Date): readonly KnowledgeEntry[] =>
  highestVersions(entries).filter((entry) => isShown(entry, now));
