import { useState } from 'react';
import { type Act, actOn, type BroadcastView } from '../../api/broadcasts.ts';
import { asApiError } from '../../api/useLoad.ts';
import { useSay } from '../../parts/useSay.tsx';

/** Does one act on a broadcast; true when the server agreed. After a refusal the page shows how things really stand. */
export function useAct(
  view: BroadcastView,
  put: (view: BroadcastView) => void,
  reload: () => void,
): { busy: Act | null; act: (act: Act, done: string, reason?: string) => Promise<boolean> } {
  const say = useSay();
  const [busy, setBusy] = useState<Act | null>(null);
  const act = async (name: Act, done: string, reason?: string): Promise<boolean> => {
    setBusy(name);
    try {
      put(await actOn(name, view.id, view.version, reason));
      say.done(done);
      return true;
    } catch (thrown) {
      say.failed(thrown);
      if (asApiError(thrown).status === 409) reload();
      return false;
    } finally {
      setBusy(null);
    }
  };
  return { busy, act };
}
