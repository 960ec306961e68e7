import { useEffect, useState } from 'react';
import { type CalendarPreview, previewYear } from '../../api/calendar.ts';
import type { ApiError } from '../../api/client.ts';
import { asApiError } from '../../api/useLoad.ts';

export interface LivePreview {
  readonly preview: CalendarPreview | null;
  readonly error: ApiError | null;
  /** It belongs to what was typed last. */
  readonly fresh: boolean;
}

/** What the server makes of the pasted text, a moment after the last key. */
export function usePreview(year: number, text: string): LivePreview {
  const [live, setLive] = useState<LivePreview>({ preview: null, error: null, fresh: true });
  useEffect(() => {
    if (text.trim() === '') {
      setLive({ preview: null, error: null, fresh: true });
      return;
    }
    const controller = new AbortController();
    setLive((before) => ({ ...before, fresh: false }));
    const timer = setTimeout(() => {
      previewYear(year, text, controller.signal).then(
        (preview) => {
          if (!controller.signal.aborted) setLive({ preview, error: null, fresh: true });
        },
        (thrown: unknown) => {
          if (!controller.signal.aborted) setLive({ preview: null, error: asApiError(thrown), fresh: true });
        },
      );
    }, 300);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [year, text]);
  return live;
}
