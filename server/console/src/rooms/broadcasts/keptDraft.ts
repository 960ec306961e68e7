import type { Draft } from './draft.ts';

// An idle session ends while somebody thinks about a sentence: what they typed waits in this tab for their return.
const keyOf = (id: string): string => `hall.broadcast.${id}`;

export function keepDraft(id: string, draft: Draft, version: number | null): void {
  sessionStorage.setItem(keyOf(id), JSON.stringify({ draft, version }));
}

/** What was typed and not saved, if it still belongs to this version. */
export function keptDraft(id: string, version: number | null): Draft | null {
  const text = sessionStorage.getItem(keyOf(id));
  if (!text) return null;
  const kept = JSON.parse(text) as { draft: Draft; version: number | null };
  return kept.version === version ? kept.draft : null;
}

export const forgetDraft = (id: string): void => sessionStorage.removeItem(keyOf(id));
