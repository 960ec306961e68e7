import type { ReactNode } from 'react';
import { Close } from './icons.tsx';

export function Sheet(props: { title: string; onClose: () => void; children: ReactNode }) {
  return (
    <div className="sheet-back">
      <button type="button" className="sheet-shade" onClick={props.onClose} aria-label="关闭" />
      <section className="sheet" role="dialog" aria-label={props.title}>
        <header>
          <h2>{props.title}</h2>
          <button
            type="button"
            className="plain"
            onClick={props.onClose}
            aria-label="关闭"
            data-testid="close-sheet"
          >
            <Close />
          </button>
        </header>
        <div className="sheet-body">{props.children}</div>
      </section>
    </div>
  );
}
