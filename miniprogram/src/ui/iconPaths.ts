/**
 * One family: a grid of 24, lines 1.6 wide with round ends, no fill. Drawn for this hall.
 * Also the source of the tab bar's PNG files (`assets/drawTabIcons.mts`).
 */
export const iconPaths = {
  home: 'M4 11.2 12 4.5l8 6.7V19a1 1 0 0 1-1 1h-4.6v-5.4H9.6V20H5a1 1 0 0 1-1-1z',
  guide:
    'M6 3.8h9l3.6 3.6v12a.8.8 0 0 1-.8.8H6a.8.8 0 0 1-.8-.8V4.6a.8.8 0 0 1 .8-.8zM15 3.8v3.6h3.6M8.6 11.4h6.8M8.6 15h6.8',
  bell: 'M6.2 16.6V11a5.8 5.8 0 0 1 11.6 0v5.6l1.4 1.6H4.8zM10 20.4h4M12 5.2V3.6',
  person: 'M12 12.4a4.2 4.2 0 1 0 0-8.4 4.2 4.2 0 0 0 0 8.4zM4.4 20.4c.7-3.6 3.7-5.4 7.6-5.4s6.9 1.8 7.6 5.4',
  calendar: 'M4.4 6.4h15.2v13H4.4zM4.4 10.4h15.2M8.4 3.8v4M15.6 3.8v4M8.4 14.8l2.4 2.2 4.6-4.2',
  ticket:
    'M4 7h16v3.4a1.8 1.8 0 0 0 0 3.4V17H4v-3.2a1.8 1.8 0 0 0 0-3.4zM14.4 7.4v1.4M14.4 11.2v1.6M14.4 15.2v1.4',
  hall: 'M3.6 20h16.8M5.4 20V9.6M18.6 20V9.6M4 9.4 12 4l8 5.4zM9.4 20v-6.4M14.6 20v-6.4M12 20v-6.4',
  pin: 'M12 20.6s-6.4-5.6-6.4-10.4a6.4 6.4 0 0 1 12.8 0c0 4.8-6.4 10.4-6.4 10.4zM12 12.6a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8z',
  search: 'M10.8 17a6.2 6.2 0 1 0 0-12.4 6.2 6.2 0 0 0 0 12.4zM15.4 15.4l4.4 4.4',
  check: 'M5 12.8l4.6 4.4L19 7.4',
  clock: 'M12 20.2a8.2 8.2 0 1 0 0-16.4 8.2 8.2 0 0 0 0 16.4zM12 7.4V12l3.2 2.2',
  phone: 'M7.4 4.2 5 5.6c0 8 5.4 13.4 13.4 13.4l1.4-2.4-4-2.8-2 1.6c-2-.9-4.3-3.2-5.2-5.2l1.6-2z',
  chevron: 'M9.4 5.6 15.8 12l-6.4 6.4',
  back: 'M14.6 5.6 8.2 12l6.4 6.4',
  close: 'M6 6l12 12M18 6 6 18',
  info: 'M12 20.2a8.2 8.2 0 1 0 0-16.4 8.2 8.2 0 0 0 0 16.4zM12 11v5M12 7.8v.2',
  warn: 'M12 4.4 20.8 19.4H3.2zM12 10v4.4M12 16.8v.2',
  shield: 'M12 3.6 19 6v5.6c0 4.2-2.8 7.2-7 8.8-4.2-1.6-7-4.6-7-8.8V6zM8.8 11.8l2.4 2.2 4-4',
  enterprise:
    'M4.6 20V5.2h9V20M13.6 10h5.8v10M3.4 20h17.2M7.6 9h3M7.6 12.6h3M7.6 16.2h3M16.4 13.4v.2M16.4 16.6v.2',
  letters: 'M3.6 18.4 8.4 6.4l4.8 12M5.4 14.2h6M14.4 18.4l3.1-7.8 3.1 7.8M15.5 15.6h4',
  offline:
    'M3.8 9.4a12.4 12.4 0 0 1 4-2.6M11 5.9a12.4 12.4 0 0 1 9.2 3.5M7 13a8 8 0 0 1 3-1.9M15.4 12a8 8 0 0 1 1.6 1M12 18.2v.2M4.6 4.6l14.8 14.8',
  copy: 'M9 9h10v11H9zM15.6 9V4.4H5V15h4',
  bag: 'M5 8.4h14l-.8 11.8H5.8zM9 8.2V7a3 3 0 0 1 6 0v1.2',
  leave: 'M13.6 4.4H5.4v15.2h8.2M10.4 12h9.4M16.2 8.4l3.6 3.6-3.6 3.6',
  question:
    'M12 20.2a8.2 8.2 0 1 0 0-16.4 8.2 8.2 0 0 0 0 16.4zM9.8 9.8a2.3 2.3 0 1 1 3.4 2c-.8.5-1.2 1-1.2 1.8M12 16.4v.2',
  route:
    'M6.4 19.6a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM17.6 8.4a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8.4 17.6h5a3 3 0 0 0 0-6h-3a3 3 0 0 1 0-6h5.2',
} as const;

export type IconName = keyof typeof iconPaths;

/** A whole SVG file. */
export function iconSvg(
  name: IconName,
  color: string,
  options: { fill?: string; width?: number } = {},
): string {
  const { fill = 'none', width = 1.6 } = options;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24"><path d="${iconPaths[name]}" fill="${fill}" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
}
