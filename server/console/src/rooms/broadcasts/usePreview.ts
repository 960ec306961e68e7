import { useEffect, useState } from 'react';
import { type Audience, type Content, type Preview, previewBroadcast } from '../../api/broadcasts.ts';
import type { ApiError } from '../../api/client.ts';
import { asApiError } from '../../api/useLoad.ts';
import { incomplete } from './draft.ts';

const nothingYet: Content = { kind: 'text', text: '—' };

export interface LivePreview {
  /** What followers will see; null while there is no content. */
  readonly preview: Preview | null;
  readonly audienceCount: number | null;
  readonly error: ApiError | null;
  /** The preview belongs to what was typed last. */
  readonly fresh: boolean;
}

/** Asks the server what followers will see, a moment after the last key. Without content it still counts the audience. */
export function usePreview(content: Content | null, audience: Audience): LivePreview {
  const [live, setLive] = useState<LivePreview>({
    preview: null,
    audienceCount: null,
    error: null,
    fresh: false,
  });
  const asked = JSON.stringify([content, audience]);
  useEffect(() => {
    const controller = new AbortController();
    const [wanted, whom] = JSON.parse(asked) as [Content | null, Audience];
    setLive((before) => ({ ...before, fresh: false }));
    const timer = setTimeout(() => {
      // The content can be shown before it is settled which town, matter or list.
      const asking: Audience = incomplete(whom) ? { kind: 'followers' } : whom;
      previewBroadcast(wanted ?? nothingYet, asking, controller.signal).then(
        (preview) => {
          if (controller.signal.aborted) return;
          const shown = wanted === null ? null : preview;
          setLive({ preview: shown, audienceCount: preview.audienceCount, error: null, fresh: true });
        },
        (thrown: unknown) => {
          if (!controller.signal.aborted)
            setLive((before) => ({ ...before, error: asApiError(thrown), fresh: true }));
        },
      );
    }, 300);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [asked]);
  return live;
}
