import type { ReactNode } from 'react';

/** The hall, drawn: a roof, columns, windows with people waiting and being served. */
export function Building(): ReactNode {
  const columns = [86, 152, 218, 284, 350, 416];
  return (
    <svg viewBox="0 0 520 300" className="sign-in-building" aria-hidden="true">
      <g fill="none" stroke="#8fbcb9" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M20 270h480M52 270V138M468 270V138M36 138h448M60 120h400M60 120 260 48l200 72M36 138v-6h448v6" />
        {columns.map((x) => (
          <path key={x} d={`M${x} 150v108M${x + 18} 150v108M${x - 4} 150h26M${x - 4} 258h26`} />
        ))}
        <path d="M236 258v-58h48v58M260 200v58" />
        <path d="M118 186h22M118 200h22M118 214h22M184 186h22M184 200h22M184 214h22M316 186h22M316 200h22M316 214h22M382 186h22M382 200h22M382 214h22" />
      </g>
      <g fill="none" stroke="#f0b98f" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round">
        <circle cx="260" cy="92" r="13" />
        <path d="M260 84v8l6 4" />
      </g>
    </svg>
  );
}
