import { useEffect, useRef } from 'react';
import { type Act, actOfKey, type actsFor } from './acts.ts';

/** Acts by keyboard while `on`; never while somebody types, and a held key counts once. */
export function useKeys(acts: ReturnType<typeof actsFor>, press: (act: Act) => void, on: boolean): void {
  const latest = useRef({ acts, press });
  latest.current = { acts, press };
  useEffect(() => {
    if (!on) return;
    const hear = (event: KeyboardEvent): void => {
      const { target } = event;
      if (
        event.repeat ||
        (target instanceof Element && target.closest('input, textarea, select, .ant-modal'))
      )
        return;
      // A button that has the focus hears the space bar itself.
      if (event.key === ' ' && target instanceof Element && target.closest('button, a')) return;
      const act = actOfKey(event, latest.current.acts);
      if (!act) return;
      event.preventDefault();
      latest.current.press(act);
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [on]);
}
