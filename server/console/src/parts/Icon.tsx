import type { ReactNode } from 'react';

/** One family with the mini-program's: a grid of 24, lines 1.6 wide with round ends, no fill. Drawn for this hall. */
const paths = {
  hall: 'M3.6 20h16.8M5.4 20V9.6M18.6 20V9.6M4 9.4 12 4l8 5.4zM9.4 20v-6.4M14.6 20v-6.4',
  window:
    'M3.8 4.6h16.4v9.8H3.8zM8.4 14.4v-2.2c0-1.6 1.6-2.6 3.6-2.6s3.6 1 3.6 2.6v2.2M12 8.8a1.6 1.6 0 1 0 0-.01M3 18.6h18',
  calendar: 'M4.4 6.4h15.2v13H4.4zM4.4 10.4h15.2M8.4 3.8v4M15.6 3.8v4M8.4 14.8l2.4 2.2 4.6-4.2',
  broadcast: 'M4.2 10v4.2h3.2l7.4 4.2V5.8L7.4 10zM7.8 14.4l1.2 5h2.2M17.8 9.4a4 4 0 0 1 0 5.4',
  menu: 'M4.4 5h15.2v14H4.4zM4.4 15h15.2M9.4 15v4M14.6 15v4',
  inbox: 'M4.4 13.4 7 5.4h10l2.6 8v5.2H4.4zM4.4 13.6h4.4l1.4 2.4h3.6l1.4-2.4h4.4',
  reply: 'M4.4 5.4h15.2v10.8h-8l-4 3.4v-3.4H4.4zM8.4 9.2h7.2M8.4 12.4h4.4',
  template: 'M5.2 4h13.6v16H5.2zM8.4 8h7.2M8.4 11.6h7.2M8.4 15.2h4',
  chart: 'M4.4 19.6h15.2M7 16.4v-5M12 16.4V5.6M17 16.4V9',
  bell: 'M6.2 16.6V11a5.8 5.8 0 0 1 11.6 0v5.6l1.4 1.6H4.8zM10 20.4h4',
  shield: 'M12 3.6 19 6v5.6c0 4.2-2.8 7.2-7 8.8-4.2-1.6-7-4.6-7-8.8V6zM8.8 11.8l2.4 2.2 4-4',
  yuan: 'M7 4.6l5 7 5-7M12 11.6v8M8.2 12.2h7.6M8.2 15.4h7.6',
  more: 'M8 9.4 12 5.4l4 4M8 14.6l4 4 4-4',
  refresh: 'M19 12a7 7 0 1 1-2.2-5.1M19.2 3.8v4h-4',
  server: 'M4.4 5h15.2v5.6H4.4zM4.4 13.4h15.2V19H4.4zM7.6 7.8h.2M7.6 16.2h.2M11 7.8h5.4M11 16.2h5.4',
  plus: 'M12 5v14M5 12h14',
  back: 'M14.6 5.6 8.2 12l6.4 6.4',
  search: 'M10.8 17a6.2 6.2 0 1 0 0-12.4 6.2 6.2 0 0 0 0 12.4zM15.4 15.4l4.4 4.4',
  phone: 'M7.4 3.6h9.2v16.8H7.4zM11 17.6h2',
  warn: 'M12 4.4 20.8 19.4H3.2zM12 10v4.4M12 16.8v.2',
  check: 'M5 12.8l4.6 4.4L19 7.4',
  chevron: 'M9.4 5.6 15.8 12l-6.4 6.4',
  person: 'M12 12.4a4.2 4.2 0 1 0 0-8.4 4.2 4.2 0 0 0 0 8.4zM4.4 20.4c.7-3.6 3.7-5.4 7.6-5.4s6.9 1.8 7.6 5.4',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: 'none' }}
    >
      <path d={paths[name]} />
    </svg>
  );
}
