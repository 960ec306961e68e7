import type { ReactNode } from 'react';
import { Back } from './icons.tsx';

/** The title bar of a screen. */
export function Bar(props: { title: string; onBack?: () => void; right?: ReactNode; note?: string }) {
  return (
    <header className="bar">
      {props.onBack ? (
        <button
          type="button"
          className="bar-side"
          onClick={props.onBack}
          aria-label="返回"
          data-testid="back"
        >
          <Back />
        </button>
      ) : (
        <span className="bar-side" />
      )}
      <h1>
        {props.title}
        {props.note && <small>{props.note}</small>}
      </h1>
      <span className="bar-side bar-right">{props.right}</span>
    </header>
  );
}
