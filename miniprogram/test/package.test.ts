import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import { weappBundle } from './build.ts';
import { compileWxml, compileWxss, filesOf } from './host/compiler.ts';
import { type AppSettings, readSettings } from './host/settings.ts';

const kilobyte = 1024;
let dist: string;
let settings: AppSettings;

test.before(async (t) => {
  t.timeout(300_000);
  dist = await weappBundle((text) => t.log(text));
  settings = readSettings(dist);
});

/** Bytes of the main package, or of one subpackage. */
function sizeOf(root: string | null): number {
  return filesOf(dist, /\.\w+$/)
    .map((file) => file.slice(2))
    .filter((file) =>
      root === null
        ? !settings.roots.some((each) => file.startsWith(`${each}/`))
        : file.startsWith(`${root}/`),
    )
    .reduce((sum, file) => sum + statSync(path.join(dist, file)).size, 0);
}

test('the main package is under 600 KB, each subpackage under 300 KB, all together under 2 MB', (t) => {
  const main = sizeOf(null);
  const parts = settings.roots.map((root) => ({ root, size: sizeOf(root) }));
  t.log({ main, ...Object.fromEntries(parts.map(({ root, size }) => [root, size])) });
  t.true(main > 100 * kilobyte, 'an empty bundle proves nothing');
  t.true(main < 600 * kilobyte, `the main package has ${main} bytes`);
  for (const { root, size } of parts) {
    t.true(size > 0, `${root} is empty`);
    t.true(size < 300 * kilobyte, `${root} has ${size} bytes`);
  }
  t.true(main + parts.reduce((sum, part) => sum + part.size, 0) < 2048 * kilobyte);
});

test('Tencent’s own compilers accept every template and every style', (t) => {
  t.true(compileWxml(dist).includes('$gwx'));
  t.true(compileWxss(dist).length > 0);
});

test('a broken template and a broken style are refused', (t) => {
  const broken = mkdtempSync(path.join(tmpdir(), 'hall-broken-'));
  writeFileSync(path.join(broken, 'a.wxml'), '<view><text></view>');
  writeFileSync(path.join(broken, 'a.wxss'), '.a { color: red;');
  t.throws(() => compileWxml(broken), { message: /wcc refused/ });
  t.throws(() => compileWxss(broken), { message: /wcsc refused/ });
});

test('every page of app.json has its code, template and settings', (t) => {
  t.true(settings.routes.length >= 15);
  for (const route of settings.routes) {
    for (const ending of ['js', 'json', 'wxml'])
      t.true(existsSync(path.join(dist, `${route}.${ending}`)), route);
  }
});

test('the tab bar has 2 to 5 tabs, each a page of the main package with two icons of at most 40 KB', (t) => {
  const tabs = settings.raw.tabBar?.list ?? [];
  t.true(tabs.length >= 2 && tabs.length <= 5);
  for (const tab of tabs) {
    t.true(settings.raw.pages.includes(tab.pagePath), tab.pagePath);
    for (const icon of [tab.iconPath, tab.selectedIconPath]) {
      t.truthy(icon, `${tab.pagePath} lacks an icon`);
      const file = path.join(dist, icon as string);
      t.true(existsSync(file), icon);
      t.true(statSync(file).size <= 40 * kilobyte, icon);
    }
  }
});

test('each permission says in words what it is for', (t) => {
  for (const [name, permission] of Object.entries(settings.raw.permission ?? {})) {
    t.true((permission.desc ?? '').length >= 4, name);
  }
});

test('R2: the labels for screen readers reach the compiled templates', (t) => {
  const base = readFileSync(path.join(dist, 'base.wxml'), 'utf8');
  for (const name of ['aria-label', 'aria-role', 'aria-hidden', 'aria-disabled']) {
    t.true(base.includes(name), `${name} is not in base.wxml`);
  }
});

test('project.config.json points WeChat’s developer tools at the bundle', (t) => {
  const root = path.resolve(import.meta.dirname, '../..');
  const project = JSON.parse(readFileSync(path.join(root, 'project.config.json'), 'utf8')) as {
    miniprogramRoot: string;
  };
  t.is(path.resolve(root, project.miniprogramRoot), dist);
  // With a second project file inside, the tools would take the wrong one.
  t.false(existsSync(path.join(dist, 'project.config.json')));
});
