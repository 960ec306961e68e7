import type { ReactNode } from 'react';

function Line({ children, size = 24, width = 1.7 }: { children: ReactNode; size?: number; width?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={width}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const Back = () => (
  <Line>
    <path d="M15 4.5 7.5 12l7.5 7.5" />
  </Line>
);
export const Forward = ({ size = 16 }: { size?: number }) => (
  <Line size={size}>
    <path d="m9 4.5 7.5 7.5L9 19.5" />
  </Line>
);
export const Close = () => (
  <Line>
    <path d="m6 6 12 12M18 6 6 18" />
  </Line>
);
export const Dots = () => (
  <svg width="24" height="24" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
    <circle cx="5.5" cy="12" r="1.8" />
    <circle cx="12" cy="12" r="2.4" />
    <circle cx="18.5" cy="12" r="1.8" />
  </svg>
);
export const Target = () => (
  <Line width={2}>
    <circle cx="12" cy="12" r="8.2" />
    <circle cx="12" cy="12" r="2.6" fill="currentColor" stroke="none" />
  </Line>
);
export const More = () => (
  <svg width="24" height="24" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
    <circle cx="5" cy="12" r="1.7" />
    <circle cx="12" cy="12" r="1.7" />
    <circle cx="19" cy="12" r="1.7" />
  </svg>
);
export const Keyboard = () => (
  <Line>
    <rect x="3" y="6" width="18" height="12" rx="2" />
    <path d="M7 10h.01M10.5 10h.01M14 10h.01M17 10h.01M8 14h8" />
  </Line>
);
export const Lines = () => (
  <Line>
    <circle cx="12" cy="12" r="9" />
    <path d="M8 9.5h8M8 12.5h8M8 15.5h5" />
  </Line>
);
export const Chats = () => (
  <Line>
    <path d="M4 5.5h16v11H11l-4.5 3.5v-3.5H4z" />
  </Line>
);
export const Compass = () => (
  <Line>
    <circle cx="12" cy="12" r="8.5" />
    <path d="m15.5 8.5-2 5-5 2 2-5z" />
  </Line>
);
export const Me = () => (
  <Line>
    <circle cx="12" cy="8" r="3.8" />
    <path d="M4.5 20c.8-4 3.700-6 7.500-6s6.700 2 7.500 6" />
  </Line>
);
export const Scan = () => (
  <Line>
    <path d="M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16" />
  </Line>
);
export const Program = () => (
  <Line>
    <rect x="4" y="4" width="7" height="7" rx="2" />
    <rect x="13" y="4" width="7" height="7" rx="3.5" />
    <rect x="4" y="13" width="7" height="7" rx="3.5" />
    <rect x="13" y="13" width="7" height="7" rx="2" />
  </Line>
);
export const Gear = () => (
  <Line>
    <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
    <circle cx="15" cy="7" r="2" />
    <circle cx="9" cy="17" r="2" />
  </Line>
);
export const Swap = () => (
  <Line>
    <path d="M4 8h14l-3.500-3.500M20 16H6l3.500 3.500" />
  </Line>
);
export const Bell = () => (
  <Line>
    <path d="M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 1.500h-15zM10 20.500h4" />
  </Line>
);

/** The hall's own mark: roof, columns, steps. */
export function HallMark({ size = 44, round = false }: { size?: number; round?: boolean }) {
  return (
    <svg width={size} height={size} viewBox="0 0 44 44" aria-hidden="true" className="mark">
      <rect width="44" height="44" rx={round ? 22 : 6} fill="#1f5a6b" />
      <g fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M10 18.500 22 11l12 7.500z" />
        <path d="M14.500 22.500v7M19.500 22.500v7M24.500 22.500v7M29.500 22.500v7" />
        <path d="M10.500 33.500h23" />
      </g>
    </svg>
  );
}

/** WeChat's own notices: a bell on grey. */
export function ServiceMark() {
  return (
    <span className="tile tile-service">
      <Bell />
    </span>
  );
}

/** How a person is drawn. */
export type Face = { hue: number; longHair?: boolean; senior?: boolean };

/** A drawn portrait in the person's tint. */
export function Portrait({ face, size = 44 }: { face: Face; size?: number }) {
  const { hue, longHair = false, senior = false } = face;
  const hair = senior ? '#c3c8ce' : `hsl(${hue} 22% 26%)`;
  return (
    <svg width={size} height={size} viewBox="0 0 44 44" aria-hidden="true" className="mark">
      <rect width="44" height="44" rx="6" fill={`hsl(${hue} 36% 84%)`} />
      {longHair && (
        <path
          d="M12 30c-1.5-3-1-8-.5-12C12.300 11.500 16 8 22 8s9.700 3.500 10.500 10c.5 4 1 9-.5 12z"
          fill={hair}
        />
      )}
      <path d="M7 44c1-9.500 7-14 15-14s14 4.500 15 14z" fill={`hsl(${hue} 38% 46%)`} />
      <circle cx="22" cy="19" r="8.500" fill="#f3d3bb" />
      <path
        d="M13 19c-.5-7 3.500-10.500 9-10.500S31.500 12 31 19c-1.500-3-3-4.500-4.500-5-3 1.500-7.500 1.500-9.500.500C15.500 15.500 14 17 13 19z"
        fill={hair}
      />
    </svg>
  );
}

export function StatusIcons() {
  return (
    <svg width="66" height="14" viewBox="0 0 66 14" fill="currentColor" aria-hidden="true">
      <rect x="0" y="8" width="3" height="5" rx="1" />
      <rect x="5" y="6" width="3" height="7" rx="1" />
      <rect x="10" y="3.500" width="3" height="9.500" rx="1" />
      <rect x="15" y="1" width="3" height="12" rx="1" />
      <path d="M30 10.200l2.300 2.500 2.300-2.500a3.400 3.400 0 0 0-4.600 0zM27.300 7.300l1.500 1.600a5 5 0 0 1 7 0l1.500-1.600a7.200 7.200 0 0 0-10 0zM24.600 4.400 26 6a9 9 0 0 1 12.600 0L40 4.400a11 11 0 0 0-15.400 0z" />
      <rect x="44.500" y="1.500" width="18" height="11" rx="3" fill="none" stroke="currentColor" />
      <rect x="46.500" y="3.500" width="12" height="7" rx="1.500" />
      <rect x="63.500" y="5" width="1.500" height="4" rx=".75" />
    </svg>
  );
}
