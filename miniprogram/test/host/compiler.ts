import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

type Tool = 'wcc' | 'wcsc';

const folders: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'mac', win32: 'windows' };
const ready = new Map<Tool, string>();

/** Tencent's own compilers of WXML and WXSS; npm ships them without their run bit, so a copy gets it. */
function toolPath(tool: Tool): string {
  const known = ready.get(tool);
  if (known !== undefined) return known;
  const folder = folders[process.platform];
  if (folder === undefined) throw new Error(`miniprogram-compiler ships no ${tool} for ${process.platform}`);
  const file = process.platform === 'win32' ? `${tool}.exe` : tool;
  const home = path.dirname(createRequire(import.meta.url).resolve('miniprogram-compiler/package.json'));
  const copy = path.join(mkdtempSync(path.join(tmpdir(), 'hall-wcc-')), file);
  copyFileSync(path.join(home, 'bin', folder, file), copy);
  chmodSync(copy, 0o755);
  ready.set(tool, copy);
  return copy;
}

/** Files below a folder with one of the endings, as `./path`: the compilers insist on the `./`. */
export function filesOf(dist: string, endings: RegExp): string[] {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => endings.test(file))
    .map((file) => `./${file.split(path.sep).join('/')}`)
    .sort();
}

/** All templates as one JavaScript program that defines `$gwx`. Throws with wcc's words on a WXML error. */
export function compileWxml(dist: string): string {
  return run('wcc', ['-d', ...filesOf(dist, /\.(wxml|wxs)$/)], dist);
}

/** Throws with wcsc's words on a WXSS error. */
export function compileWxss(dist: string): string {
  return run('wcsc', ['-lc', ...filesOf(dist, /\.wxss$/)], dist);
}

function run(tool: Tool, args: string[], cwd: string): string {
  try {
    return execFileSync(toolPath(tool), args, {
      cwd,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (thrown) {
    const { stderr, stdout, status } = thrown as { stderr?: string; stdout?: string; status?: number };
    throw new Error(`${tool} refused the bundle (${status}): ${stderr || String(stdout).slice(0, 500)}`);
  }
}
