/**
 * The look of the hall as data: one deep blue-green for action and state, one warm accent for what needs you now,
 * greys with a tint of the same green. Styles get them as `$name` (see config/index.ts), drawn icons as values.
 * Text colours reach 4.5:1 on every surface they are used on; `test/contrast.test.ts` holds that.
 */
export const color = {
  primary: '#0e5a5e',
  'primary-pressed': '#0a4649',
  'primary-soft': '#e4efee',
  'primary-line': '#b9d3d2',
  accent: '#a84a12',
  'accent-soft': '#fbefe4',
  'accent-line': '#eccfb4',
  good: '#22704a',
  'good-soft': '#e5f2ea',
  warn: '#835800',
  'warn-soft': '#faf1da',
  bad: '#ab2f28',
  'bad-soft': '#faeae8',
  ink: '#17282b',
  'ink-2': '#475a5e',
  'ink-3': '#5f7074',
  line: '#dfe6e5',
  page: '#f3f6f5',
  surface: '#ffffff',
  sunken: '#edf2f1',
  'on-primary': '#ffffff',
} as const;

export type ColorName = keyof typeof color;

/** Type roles, px at the standard size; senior mode multiplies all of them by `--fs`. */
export const size = {
  title: 22,
  section: 17,
  body: 16,
  note: 13,
  label: 14,
  figure: 30,
  display: 40,
} as const;

/** Text on surface pairs that occur, for the contrast test. */
export const textOn: ReadonlyArray<readonly [ColorName, ColorName]> = [
  ['ink', 'surface'],
  ['ink', 'page'],
  ['ink-2', 'surface'],
  ['ink-2', 'page'],
  ['ink-2', 'sunken'],
  ['ink-3', 'surface'],
  ['ink-3', 'page'],
  ['ink-3', 'sunken'],
  ['primary', 'surface'],
  ['primary', 'page'],
  ['primary', 'primary-soft'],
  ['ink-2', 'primary-soft'],
  ['accent', 'surface'],
  ['accent', 'accent-soft'],
  ['ink-2', 'accent-soft'],
  ['good', 'surface'],
  ['good', 'good-soft'],
  ['warn', 'warn-soft'],
  ['bad', 'surface'],
  ['bad', 'bad-soft'],
  ['on-primary', 'primary'],
  ['on-primary', 'primary-pressed'],
  ['on-primary', 'bad'],
];

/** `$primary: #0e5a5e; … $size-body: 16;` */
export function tokensAsScss(): string {
  const colors = Object.entries(color).map(([name, value]) => `$${name}: ${value};`);
  const sizes = Object.entries(size).map(([name, value]) => `$size-${name}: ${value};`);
  return [...colors, ...sizes].join('\n');
}
