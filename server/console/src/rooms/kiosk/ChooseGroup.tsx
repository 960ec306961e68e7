import { type ReactNode, useRef, useState } from 'react';
import type { KioskView } from '../../api/kiosk.ts';
import { newRequestId } from './requestId.ts';

type Group = KioskView['groups'][number];

/** What they come for, with how many wait; then the ticket. Priority is asked here and proven at the window. */
export function ChooseGroup(props: {
  groups: readonly Group[];
  busy: boolean;
  onTake: (asked: { group: string; priority: boolean; requestId: string }) => void;
}): ReactNode {
  const { groups, busy, onTake } = props;
  const [priority, setPriority] = useState(false);
  // One visit to this page is one ticket, however often the button is pressed.
  const requestId = useRef(newRequestId());
  const zones = [...new Set(groups.map((each) => each.zone))];
  return (
    <section className="kiosk-groups">
      <h1>您来办什么</h1>
      <button
        type="button"
        className={priority ? 'kiosk-priority kiosk-priority-on' : 'kiosk-priority'}
        aria-pressed={priority}
        data-testid="priority"
        onClick={() => setPriority(!priority)}
      >
        <i aria-hidden>{priority ? '✓' : ''}</i>
        <span>
          老年人、残疾人、孕妇、军人优先
          <small>取优先号，到窗口请出示证件</small>
        </span>
      </button>
      <div className="kiosk-list">
        {zones.map((zone) => (
          <div key={zone}>
            {zones.length > 1 && <h2>{zone} 区</h2>}
            <div className="kiosk-grid">
              {groups
                .filter((each) => each.zone === zone)
                .map((each) => (
                  <button
                    type="button"
                    key={each.group}
                    disabled={each.closedNote !== null || busy}
                    data-testid={`group-${each.group}`}
                    onClick={() => onTake({ group: each.group, priority, requestId: requestId.current })}
                  >
                    <b>{each.group}</b>
                    <span>{each.closedNote ?? waiting(each)}</span>
                  </button>
                ))}
            </div>
          </div>
        ))}
      </div>
    </section>
  );
}

function waiting({ waiting: people, wait }: Group): string {
  if (people === 0) return '不用等';
  return wait
    ? `${people} 人在等，约 ${Math.round(wait.from)}–${Math.round(wait.to)} 分钟`
    : `${people} 人在等`;
}
