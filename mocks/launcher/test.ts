import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { builds, buildWhatIsNeeded } from './builds.ts';
import { ensureChromium } from './chromium.ts';
import { root } from './settings.ts';
import { openStandIn } from './store.ts';

/**
 * `npm test`: types, lint and directions, then every test on one shared store. With TEST_MONGODB_URI set, that store is
 * used and the checks that do not touch a store are left out with `--store-only`. Ends with `N passed, N failed`.
 */
const args = process.argv.slice(2);
const storeOnly = args.includes('--store-only');
const named = args.filter((each) => !each.startsWith('--'));
/** What touches the hall's store; the stand-ins' own tests would only repeat themselves on another one. */
const onStore = [
  'server/**/*.test.ts',
  'miniprogram/test/**/*.test.ts',
  'mocks/mongodb/battery/**/*.test.ts',
];
const files = named.length > 0 || !storeOnly ? named : onStore;

async function main(): Promise<number> {
  let failed = 0;
  let passed = 0;
  if (!storeOnly && files.length === 0) {
    for (const check of ['check:types', 'check:lint', 'check:directions']) {
      const ok = (await npmRun(check)) === 0;
      console.log(`${ok ? 'ok' : 'not ok'} ${check}`);
      if (ok) passed += 1;
      else failed += 1;
    }
  }
  await buildWhatIsNeeded(Object.values(builds), console.log);
  const chromium = await ensureChromium(console.log);
  const store = process.env['TEST_MONGODB_URI'] ? undefined : await sharedStore();
  try {
    const counts = await runAva({
      ...(store && { TEST_MONGODB_URI: store.uri }),
      ...(chromium && { CHROMIUM_PATH: chromium }),
    });
    passed += counts.passed;
    failed += counts.failed;
  } finally {
    await store?.stop();
  }
  if (!chromium)
    console.log('The browser tests did not run: no Chromium was found and none could be installed.');
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

async function sharedStore(): Promise<{ uri: string; stop(): Promise<void> }> {
  const directory = mkdtempSync(path.join(tmpdir(), 'hall-test-'));
  const store = await openStandIn(0, directory, path.join(directory, 'logs'));
  return {
    uri: store.uri,
    stop: async () => {
      await store.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const npmRun = (script: string): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', script], { cwd: root, stdio: 'inherit' });
    child.once('exit', (code) => resolve(code ?? 1));
  });

/** Runs ava and reads its TAP: a line a test that passed, the whole report of one that failed. */
async function runAva(env: Record<string, string>): Promise<{ passed: number; failed: number }> {
  const child = spawn('npx', ['ava', '--tap', ...files], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env, NODE_ENV: 'test' },
  });
  let passed = 0;
  let failed = 0;
  let reporting = false;
  for await (const line of createInterface({ input: child.stdout })) {
    if (/^not ok/.test(line)) {
      failed += 1;
      reporting = true;
    } else if (/^ok/.test(line)) {
      if (!/# SKIP/i.test(line)) passed += 1;
      reporting = false;
    }
    if (reporting || /^(ok|not ok)/.test(line)) console.log(line);
  }
  const code = await new Promise<number>((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode);
    else child.once('exit', (value) => resolve(value ?? 1));
  });
  if (code !== 0 && failed === 0) failed = 1; // a file that crashed, or a run that found nothing
  return { passed, failed };
}

process.exit(await main());
