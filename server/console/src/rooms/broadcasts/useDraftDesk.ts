import { useEffect, useRef, useState } from 'react';
import { type BroadcastView, changeBroadcast, createBroadcast, type Template } from '../../api/broadcasts.ts';
import { ApiError } from '../../api/client.ts';
import {
  contentOf,
  type Draft,
  draftOf,
  emptyDraft,
  inputOf,
  type Problems,
  problemsFromPreview,
  problemsOf,
} from './draft.ts';
import { forgetDraft, keepDraft, keptDraft } from './keptDraft.ts';
import { type LivePreview, usePreview } from './usePreview.ts';

export interface DraftDesk {
  readonly id: string | null;
  readonly draft: Draft;
  readonly dirty: boolean;
  readonly restored: boolean;
  readonly problems: Problems;
  readonly live: LivePreview;
  readonly conflict: ApiError | null;
  change(part: Partial<Draft>): void;
  /** True when it may be sent; otherwise every problem is shown. */
  check(): boolean;
  /** Saves what is not saved; null when something has to be filled in first. */
  save(): Promise<BroadcastView | null>;
  failed(thrown: unknown): void;
  discard(): void;
}

/** The state of one broadcast on the desk: typed, saved, previewed, refused. */
export function useDraftDesk(given: {
  view: BroadcastView | null;
  templates: readonly Template[];
  reload: () => void;
  saved: (view: BroadcastView) => void;
}): DraftDesk {
  const key = given.view?.id ?? 'new';
  const saved = useRef(given.view);
  const savedDraft = given.view ? draftOf(given.view) : emptyDraft;
  const [kept] = useState(() => keptDraft(key, given.view?.version ?? null));
  const [draft, setDraft] = useState<Draft>(kept ?? savedDraft);
  const [dirty, setDirty] = useState(kept !== null);
  const [restored, setRestored] = useState(kept !== null);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [conflict, setConflict] = useState<ApiError | null>(null);
  const content = contentOf(draft, given.templates);
  const live = usePreview(content, draft.audience);

  const local = problemsOf(draft, new Date());
  const fromServer = problemsFromPreview(live.preview);
  const all: Problems = { ...fromServer, ...local };
  const problems = Object.fromEntries(
    Object.entries(all).filter(([field]) => touched.has(field) || touched.has('*')),
  );

  // A colleague's newer version was loaded: it replaces what stands here, unless something is being typed.
  useEffect(() => {
    if (!given.view || given.view.version === saved.current?.version) return;
    saved.current = given.view;
    setDraft(draftOf(given.view));
    setDirty(false);
    setConflict(null);
  }, [given.view]);

  useEffect(() => {
    if (!dirty) return;
    keepDraft(key, draft, saved.current?.version ?? null);
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty, draft, key]);

  return {
    id: saved.current?.id ?? null,
    draft,
    dirty,
    restored,
    problems,
    live,
    conflict,
    change: (part) => {
      setDraft((before) => ({ ...before, ...part }));
      setDirty(true);
      const fields = Object.entries(part).flatMap(([field, value]) =>
        field === 'values' ? Object.keys(value as object) : [field],
      );
      setTouched((before) => new Set([...before, ...fields]));
    },
    check: () => {
      setTouched(new Set(['*']));
      return Object.keys(all).length === 0 && content !== null;
    },
    save: async () => {
      if (Object.keys(local).length > 0 || !content) {
        setTouched(new Set(['*']));
        return null;
      }
      const before = saved.current;
      if (before && !dirty) return before;
      const input = inputOf(draft, content);
      const view = before
        ? await changeBroadcast(before.id, before.version, input)
        : await createBroadcast(input);
      saved.current = view;
      forgetDraft(key);
      setDirty(false);
      setRestored(false);
      setConflict(null);
      given.saved(view);
      return view;
    },
    failed: (thrown) => {
      if (thrown instanceof ApiError && thrown.id === 'broadcasts.changed') {
        forgetDraft(key);
        setConflict(thrown);
      }
    },
    discard: () => {
      forgetDraft(key);
      setDraft(savedDraft);
      setDirty(false);
      setRestored(false);
    },
  };
}
