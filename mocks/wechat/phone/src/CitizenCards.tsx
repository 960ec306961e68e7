import { Portrait } from './icons.tsx';
import type { Card } from './types.ts';

/** Whose phone is it. */
export function CitizenCards(props: {
  citizens: Card[];
  current: string | undefined;
  onChoose: (id: string) => void;
}) {
  return (
    <div className="cards">
      <h2 className="cards-title">这是谁的手机</h2>
      {props.citizens.map((citizen) => (
        <button
          type="button"
          key={citizen.id}
          className={`card ${citizen.id === props.current ? 'card-on' : ''}`}
          data-testid={`citizen-${citizen.id}`}
          aria-pressed={citizen.id === props.current}
          onClick={() => props.onChoose(citizen.id)}
        >
          <Portrait face={citizen} size={40} />
          <span className="card-words">
            <b>{citizen.nickname}</b>
            <small>{citizen.about}</small>
          </span>
          {citizen.unread > 0 && (
            <span className="badge">{citizen.unread > 99 ? '99+' : citizen.unread}</span>
          )}
        </button>
      ))}
    </div>
  );
}
