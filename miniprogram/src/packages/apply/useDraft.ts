import { useCallback, useEffect, useRef, useState } from 'react';
import type {
  Conflict,
  DraftView,
  FileView,
  SaveDraft,
} from '../../../../server/areas/applications/contract.ts';
import { type ApiError, asApiError } from '../../api/apiError.ts';
import { saveDraft } from '../../api/applications.ts';
import { dropUnsent, keepUnsent, recallUnsent } from '../../platform/unsent.ts';

export type DraftChange = Omit<SaveDraft, 'base'>;
export type SaveState = 'saved' | 'saving' | 'offline';

export interface DraftInHand {
  readonly draft: DraftView;
  readonly files: readonly FileView[];
  readonly saving: SaveState;
  readonly conflicts: readonly Conflict[];
  readonly change: (change: DraftChange) => void;
  readonly addFile: (file: FileView) => void;
  readonly settleConflict: (key: string) => void;
  /** Saves what is not saved; answers the revision to submit. Throws ApiError. */
  readonly flush: () => Promise<number>;
}

const typingPause = 700;
const retryPause = 5000;

/** Puts changes upon one another; later ones win part by part. */
const join = (one: DraftChange, two: DraftChange): DraftChange => ({
  answers: { ...one.answers, ...two.answers },
  situation: { ...one.situation, ...two.situation },
  materials: { ...one.materials, ...two.materials },
  ...(one.delivery !== undefined && { delivery: one.delivery }),
  ...(two.delivery !== undefined && { delivery: two.delivery }),
});

const apply = (draft: DraftView, change: DraftChange): DraftView =>
  ({ ...draft, ...join(draft, change) }) as DraftView;

/**
 * A draft on this phone: shown as typed, kept in the phone's storage at once, saved in the hall a moment later, and again
 * until the network is back. What other devices typed comes with each answer.
 */
export function useDraft(start: DraftView): DraftInHand {
  const left = useRef(recallUnsent<DraftChange>(start.id) ?? null);
  const [draft, setDraft] = useState(() => (left.current ? apply(start, left.current) : start));
  const [files, setFiles] = useState<readonly FileView[]>(start.files);
  const [saving, setSaving] = useState<SaveState>(left.current ? 'saving' : 'saved');
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([]);
  const revision = useRef(start.revision);
  const waiting = useRef<DraftChange | null>(left.current);
  const flight = useRef<Promise<void> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const alive = useRef(true);
  const { id } = start;

  const send = useCallback(async (): Promise<void> => {
    while (waiting.current) {
      const sent = waiting.current;
      waiting.current = null;
      try {
        const answer = await saveDraft(id, { base: revision.current, ...sent });
        revision.current = answer.revision;
        const later = waiting.current as DraftChange | null;
        if (later) keepUnsent(id, later);
        else dropUnsent(id);
        if (!alive.current) continue;
        setDraft(later ? apply(answer, later) : answer);
        if (answer.conflicts.length > 0) setConflicts((old) => [...old, ...answer.conflicts]);
      } catch (thrown) {
        waiting.current = waiting.current ? join(sent, waiting.current) : sent;
        throw thrown;
      }
    }
  }, [id]);

  const save = useCallback((): Promise<void> => {
    clearTimeout(timer.current);
    flight.current ??= send()
      .then(() => alive.current && setSaving('saved'))
      .catch((thrown: unknown) => {
        const error: ApiError = asApiError(thrown);
        if (alive.current) setSaving('offline');
        if (error.offline && alive.current)
          timer.current = setTimeout(() => void save().catch(() => undefined), retryPause);
        throw error;
      })
      .then(() => undefined)
      .finally(() => {
        flight.current = null;
      });
    return flight.current;
  }, [send]);

  useEffect(() => {
    alive.current = true;
    if (waiting.current) void save().catch(() => undefined);
    return () => {
      alive.current = false;
      clearTimeout(timer.current);
      if (waiting.current) void save().catch(() => undefined);
    };
  }, [save]);

  const change = useCallback(
    (fresh: DraftChange) => {
      waiting.current = waiting.current ? join(waiting.current, fresh) : fresh;
      keepUnsent(id, waiting.current);
      setDraft((old) => apply(old, fresh));
      setSaving('saving');
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save().catch(() => undefined), typingPause);
    },
    [id, save],
  );
  const addFile = useCallback(
    (file: FileView) => setFiles((old) => [...old.filter((each) => each.id !== file.id), file]),
    [],
  );
  const settleConflict = useCallback(
    (key: string) => setConflicts((old) => old.filter((each) => each.key !== key)),
    [],
  );
  const flush = useCallback(async () => {
    await flight.current?.catch(() => undefined);
    if (waiting.current) await save();
    return revision.current;
  }, [save]);
  return { draft, files, saving, conflicts, change, addFile, settleConflict, flush };
}
