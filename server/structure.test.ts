import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { actLabel } from './areas/audit/labels.ts';
import { readConfig } from './config.ts';
import { openHall } from './hall.ts';
import { systemClock } from './kernel/clock.ts';
import { hallErrors } from './kernel/http/hallError.ts';
import { rateClasses } from './kernel/http/rateLimit.ts';
import { isDue } from './kernel/jobRunner.ts';
import { idleEnvironment } from './testing/settings.ts';

const hall = openHall(readConfig(idleEnvironment), systemClock());
const root = import.meta.dirname;
const sources = (readdirSync(root, { recursive: true }) as string[]).filter(
  (file) => file.endsWith('.ts') && !/(^|\/)(node_modules|dist|console)\//.test(file),
);

test('R10.3: every route names a rate class, a sign-in, a rule of access, schemas and an answer', (t) => {
  t.true(hall.routes.length > 30);
  for (const { method, path: address, spec } of hall.routes) {
    const name = `${method} ${address}`;
    t.true(spec.limit in rateClasses, name);
    t.true(['none', 'optional', 'citizen', 'staff'].includes(spec.signIn), name);
    t.is(typeof spec.may, 'function', name);
    t.truthy(spec.answer, name);
    if (address.includes('/:')) t.truthy(spec.params, `${name} has parameters and no schema for them`);
  }
});

test('R10.3: a route that changes something is not in the class of look-ups', (t) => {
  for (const { method, path: address, spec } of hall.routes) {
    const looks = method === 'GET' || address.endsWith('/preview'); // a preview is a look-up with a long question
    if (!looks) t.not(spec.limit, 'read', `${method} ${address}`);
  }
});

test('R10.3: what is open to everybody is listed here, and nothing else is', (t) => {
  const open = hall.routes
    .filter(({ spec }) => spec.signIn === 'none')
    .map((each) => `${each.method} ${each.path}`);
  t.snapshot(open.sort());
});

test('R10.3: staff routes ask for staff, and only they do', (t) => {
  for (const { path: address, spec } of hall.routes) {
    if (spec.signIn === 'staff') t.true(address.startsWith('/api/staff/'), address);
    else if (address.startsWith('/api/staff/'))
      t.true(['/api/staff/sign-in', '/api/staff/sign-out'].includes(address), address);
  }
});

test('R10.3: whatever staff may change has its words in the ledger', (t) => {
  const acts = hall.routes
    .filter(
      ({ method, path: address, spec }) =>
        method !== 'GET' && spec.signIn === 'staff' && !/\/(preview|try)$/.test(address),
    )
    .map((each) => `${each.method} ${each.path}`);
  t.true(acts.length > 60);
  t.deepEqual(
    acts.filter((each) => actLabel(each) === each),
    [],
  );
});

test('no two routes share a method and an address', (t) => {
  const names = hall.routes.map((each) => `${each.method} ${each.path.replace(/:\w+/g, ':')}`);
  t.deepEqual([...new Set(names)].length, names.length);
});

test('every job has a name of its own and a schedule that can be read', (t) => {
  t.is(new Set(hall.jobs.map((each) => each.name)).size, hall.jobs.length);
  for (const job of hall.jobs) t.notThrows(() => isDue(job.schedule, new Date()), job.name);
});

test('every error id is written once, in Chinese, with a status of an error', async (t) => {
  const seen = new Map<string, string>();
  const files = sources.filter((file) => file.endsWith('contract.ts'));
  const tables: Record<string, unknown>[] = [hallErrors];
  for (const file of files) {
    const module = (await import(path.join(root, file))) as Record<string, Record<string, unknown>>;
    for (const [name, value] of Object.entries(module)) if (/Errors$/.test(name)) tables.push(value);
  }
  for (const table of tables) {
    for (const entry of Object.values(table) as { id: string; status: number; message: string }[]) {
      t.false(seen.has(entry.id), `${entry.id} is written twice`);
      seen.set(entry.id, entry.message);
      t.true(entry.status >= 400 && entry.status < 600, entry.id);
      t.regex(entry.message, /[一-龥].*[。；]$/, entry.id);
      t.notRegex(entry.message, /！|!/, entry.id);
    }
  }
});

test('nothing but the configuration, the log and tests reads the environment', (t) => {
  const allowed = /^(config|main|app)\.ts$|^kernel\/log\.ts$|^(testing|bench|scripts)\/|\.test\.ts$/;
  for (const file of sources) {
    if (allowed.test(file)) continue;
    t.notRegex(readFileSync(path.join(root, file), 'utf8'), /process\.env/, file);
  }
});

test('rules and states are pure: no machine clock, no chance, no environment', (t) => {
  for (const file of sources.filter((each) => /\/(rules|states)\.ts$/.test(each))) {
    t.notRegex(
      readFileSync(path.join(root, file), 'utf8'),
      /Date\.now\(|new Date\(\)|Math\.random|process\./,
      file,
    );
  }
});
