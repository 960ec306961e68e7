/** Draws the tab bar's PNG files from the icon family. Run after changing an icon: node --import tsx miniprogram/drawing/drawTabIcons.mts */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { type IconName, iconSvg } from '../src/ui/iconPaths.ts';
import { color } from '../src/ui/tokens.ts';

/** WeChat's recommended size; the file may have 40 KB at most. */
const side = 81;
const target = path.resolve(import.meta.dirname, '../src/assets/tab');
const tabs: ReadonlyArray<readonly [string, IconName]> = [
  ['home', 'home'],
  ['matters', 'guide'],
  ['messages', 'bell'],
  ['me', 'person'],
];

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: side, height: side } });
await mkdir(target, { recursive: true });
for (const [file, icon] of tabs) {
  const states = [
    [file, iconSvg(icon, color['ink-3'])],
    [`${file}-on`, iconSvg(icon, color.primary, { fill: color['primary-soft'] })],
  ] as const;
  for (const [name, svg] of states) {
    const big = svg.replace('width="24" height="24"', `width="${side}" height="${side}"`);
    await page.setContent(`<body style="margin:0;background:transparent">${big}</body>`);
    await writeFile(path.join(target, `${name}.png`), await page.screenshot({ omitBackground: true }));
  }
}
await browser.close();
