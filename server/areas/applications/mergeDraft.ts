import type { Conflict, MaterialChoice } from './contract.ts';
import type { DraftContent } from './model.ts';

export const emptyDraft: DraftContent = {
  ...{ situation: {}, answers: {}, materials: {}, delivery: null },
  ...{ writtenAt: {}, others: {} },
};

/** What one device wrote since the revision it had. */
export interface DraftChange {
  readonly base: number;
  readonly situation?: DraftContent['situation'];
  readonly answers?: DraftContent['answers'];
  readonly materials?: DraftContent['materials'];
  readonly delivery?: DraftContent['delivery'];
}

export interface Merged {
  readonly content: DraftContent;
  readonly conflicts: readonly Conflict[];
  readonly changed: boolean;
}

const kept = 10;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * Puts a device's changes into a draft, field by field. A field that another device wrote in the meantime is a conflict: the
 * later save stands, the other value is kept beside it and shown, so that nothing typed is lost. Files of both are kept
 * together. The same change sent again changes nothing.
 */
export function mergeDraft(content: DraftContent, revision: number, change: DraftChange): Merged {
  const writtenAt: Record<string, number> = { ...content.writtenAt };
  const others: Record<string, readonly unknown[]> = { ...content.others };
  const conflicts: Conflict[] = [];
  let changed = false;

  const mergePart = <T>(
    part: string,
    old: T | undefined,
    fresh: T,
    join?: (old: T, fresh: T) => T | null,
  ): T => {
    if (same(old, fresh)) return fresh;
    changed = true;
    const wroteLater = (writtenAt[part] ?? 0) > change.base;
    writtenAt[part] = revision + 1;
    if (!wroteLater) return fresh;
    const joined = old !== undefined && join ? join(old, fresh) : null;
    if (joined !== null) return joined;
    others[part] = [old ?? null, ...(others[part] ?? [])].slice(0, kept);
    conflicts.push({ key: part, kept: fresh, other: old ?? null });
    return fresh;
  };
  const mergeAll = <T>(
    kind: string,
    old: Readonly<Record<string, T>>,
    fresh: Readonly<Record<string, T>> = {},
    join?: (old: T, fresh: T) => T | null,
  ): Record<string, T> => {
    const result: Record<string, T> = { ...old };
    for (const [key, value] of Object.entries(fresh))
      result[key] = mergePart(`${kind}.${key}`, old[key], value, join);
    return result;
  };
  const next = {
    situation: mergeAll('situation', content.situation, change.situation),
    answers: mergeAll('answers', content.answers, change.answers),
    materials: mergeAll(
      'materials',
      content.materials,
      change.materials,
      (old, fresh): MaterialChoice | null =>
        old.way === 'files' && fresh.way === 'files'
          ? { way: 'files', files: [...new Set([...old.files, ...fresh.files])] }
          : null,
    ),
    delivery:
      change.delivery === undefined
        ? content.delivery
        : mergePart('delivery', content.delivery, change.delivery),
  };
  return { content: { ...next, writtenAt, others }, conflicts, changed };
}
