import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** A Chromium on this machine: CHROMIUM_PATH, then the usual places. */
export const findChromium = (): string | undefined =>
  [process.env['CHROMIUM_PATH'], ...usual].find((each) => each && existsSync(each));

/** Finds a Chromium, or installs Debian's as root, with a font for Chinese. Undefined where neither can be had. */
export async function ensureChromium(say: (text: string) => void): Promise<string | undefined> {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0)
    return undefined;
  say('No Chromium was found: installing the one of Debian …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'],
  ]) {
    const { status } = spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
    if (status !== 0) return undefined;
  }
  return findChromium();
}
