import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './settings.ts';

/** A front end that must be built before it can be handed out. */
export interface Build {
  readonly name: string;
  readonly script: string;
  /** What it is made of; a change here makes the output stale. */
  readonly sources: readonly string[];
  readonly output: string;
  /** Long builds say how long, so that nobody thinks it hangs. */
  readonly about: string;
}

const miniprogram = [
  'miniprogram/src',
  'miniprogram/config',
  'miniprogram/package.json',
  'miniprogram/babel.config.js',
];

export const builds: Readonly<Record<'phone' | 'console' | 'h5' | 'weapp', Build>> = {
  phone: {
    name: '手机页',
    script: 'build:phone',
    sources: ['mocks/wechat/phone'],
    output: 'mocks/wechat/phone/dist',
    about: '约 5 秒',
  },
  console: {
    name: '工作台',
    script: 'build:console',
    sources: ['server/console', 'miniprogram/src/ui/tokens.ts'],
    output: 'server/console/dist',
    about: '约 15 秒',
  },
  h5: {
    name: '小程序（h5）',
    script: 'build:h5',
    sources: miniprogram,
    output: 'miniprogram/dist/h5',
    about: '约 1 分钟',
  },
  weapp: {
    name: '小程序（weapp）',
    script: 'build:weapp',
    sources: miniprogram,
    output: 'miniprogram/dist/weapp',
    about: '约 30 秒',
  },
};

/** Builds what is missing or older than its sources; one at a time (Taro rewrites a file of its own in node_modules). */
export async function buildWhatIsNeeded(
  wanted: readonly Build[],
  say: (text: string) => void,
): Promise<void> {
  for (const build of wanted) {
    const mark = path.join(root, 'node_modules/.cache/hall-builds', `${build.script.replace(':', '-')}.txt`);
    const digest = digestOf(build.sources);
    const fresh =
      existsSync(path.join(root, build.output)) && existsSync(mark) && readFileSync(mark, 'utf8') === digest;
    if (fresh) continue;
    say(`正在构建${build.name}（${build.about}）…`);
    const started = Date.now();
    await run(build.script);
    mkdirSync(path.dirname(mark), { recursive: true });
    writeFileSync(mark, digest);
    say(`${build.name}构建完成（${Math.round((Date.now() - started) / 1000)} 秒）`);
  }
}

function digestOf(sources: readonly string[]): string {
  const hash = createHash('sha256');
  const add = (file: string): void => {
    if (!existsSync(file)) return;
    hash.update(path.relative(root, file)).update(readFileSync(file));
  };
  for (const source of [...sources, 'package-lock.json']) {
    const full = path.join(root, source);
    if (!existsSync(full)) continue;
    if (path.extname(full) !== '') {
      add(full);
      continue;
    }
    for (const entry of readdirSync(full, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (!entry.isFile() || /[\\/](dist|node_modules|\.swc)[\\/]/.test(file)) continue;
      add(file);
    }
  }
  return hash.digest('hex');
}

function run(script: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', script], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', CI: 'true' },
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`npm run ${script} failed:\n${output}`));
    });
  });
}
