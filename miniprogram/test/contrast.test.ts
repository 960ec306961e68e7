import test from 'ava';
import { color, textOn } from '../src/ui/tokens.ts';

/** Relative luminance by WCAG 2.1. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

test('the measure knows black on white (21) and the limit grey (#767676, 4.54)', (t) => {
  t.is(Math.round(contrast('#000000', '#ffffff')), 21);
  t.is(contrast('#767676', '#ffffff').toFixed(2), '4.54');
});

for (const [text, surface] of textOn) {
  test(`text in ${text} on ${surface} reaches 4.5:1`, (t) => {
    const reached = contrast(color[text], color[surface]);
    t.true(reached >= 4.5, `only ${reached.toFixed(2)}`);
  });
}
