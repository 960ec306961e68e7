import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';

const src = path.resolve(import.meta.dirname, '../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({
    file: file.split(path.sep).join('/'),
    code: readFileSync(path.join(src, file), 'utf8'),
  }));

const importsOf = (code: string): Array<{ type: boolean; from: string }> =>
  [...code.matchAll(/import\s+(type\s)?[^'"]*?['"]([^'"]+)['"]/g)].map((found) => ({
    type: found[1] !== undefined,
    from: found[2] as string,
  }));

test('there is something to look at', (t) => {
  t.true(files.length > 60);
  t.true(files.some(({ file }) => file === 'platform/signIn.h5.ts'));
});

test('only src/platform imports Taro: everything else goes through it', (t) => {
  const strays = files.filter(
    ({ file, code }) =>
      !file.startsWith('platform/') && importsOf(code).some(({ from }) => from === '@tarojs/taro'),
  );
  t.deepEqual(
    strays.map(({ file }) => file),
    [],
  );
});

test('what WeChat alone can do is never called in a file that h5 gets: there it pretends to succeed', (t) => {
  const weappOnly =
    /Taro\.(login|checkSession|requestPayment|requestSubscribeMessage|authorize|getSetting|openDocument|scanCode|openLocation|getExtConfigSync|getLocation|getNetworkType)\b/;
  const strays = files.filter(({ file, code }) => weappOnly.test(code) && !file.endsWith('.weapp.ts'));
  t.deepEqual(
    strays.map(({ file }) => file),
    [],
  );
});

test('Taro is never renamed: h5 finds only calls written as Taro.name', (t) => {
  const renamed = /(=\s*Taro\s*[;,)])|(\{[^}]*\}\s*=\s*Taro)|(Taro\[)/;
  t.deepEqual(
    files.filter(({ code }) => renamed.test(code)).map(({ file }) => file),
    [],
  );
});

test('each file of one platform has its twin with the same exports', (t) => {
  const exported = (code: string): string[] =>
    [...code.matchAll(/export (?:async )?(?:function|const) (\w+)/g)]
      .map((found) => found[1] as string)
      .sort();
  const weapp = files.filter(({ file }) => file.endsWith('.weapp.ts'));
  t.true(weapp.length >= 4);
  t.is(weapp.length, files.filter(({ file }) => file.endsWith('.h5.ts')).length);
  for (const { file, code } of weapp) {
    const twin = files.find((each) => each.file === file.replace('.weapp.', '.h5.'));
    t.truthy(twin, `${file} has no twin for h5`);
    t.deepEqual(exported(twin?.code ?? ''), exported(code), file);
  }
});

test('of the server only the types of contracts are imported, and the forms, which the phone judges too, by their own package', (t) => {
  for (const { file, code } of files) {
    for (const { type, from } of importsOf(code)) {
      if (!from.includes('/server/')) continue;
      // One validator on both sides; it imports neither (held by `check:directions`).
      if (from.includes('/server/areas/applications/forms/') && file.startsWith('packages/apply/')) continue;
      t.regex(from, /\/server\/areas\/\w+\/contract\.ts$/, file);
      t.true(type, `${file} would carry the server’s code into the bundle`);
    }
  }
});

test('Taro’s Button is not used: on h5 it hears fingers only, not a mouse', (t) => {
  const strays = files.filter(({ code }) =>
    /import\s*\{[^}]*\bButton\b[^}]*\}\s*from\s*'@tarojs\/components'/.test(code),
  );
  t.deepEqual(
    strays.map(({ file }) => file),
    [],
  );
});

test('every page path written in the code is declared in app.config.ts', async (t) => {
  const declare = globalThis as unknown as { defineAppConfig: (config: AppConfig) => AppConfig };
  declare.defineAppConfig = (config) => config;
  const { default: config } = (await import(path.join(src, 'app.config.ts'))) as { default: AppConfig };
  const declared = new Set([
    ...config.pages,
    ...config.subPackages.flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`)),
  ]);
  const written = files.flatMap(({ file, code }) =>
    [...code.matchAll(/['"`/]((?:pages|packages)\/[\w/]+\/index)\b/g)].map((found) => ({
      file,
      page: found[1],
    })),
  );
  t.true(written.length > 30);
  for (const { file, page } of written) t.true(declared.has(page as string), `${file} opens ${page}`);
  for (const { file } of files) {
    const page = /^((?:pages|packages)\/.+\/index)\.tsx$/.exec(file)?.[1];
    if (page) t.true(declared.has(page), `${page} is not declared`);
  }
});

interface AppConfig {
  pages: string[];
  subPackages: Array<{ root: string; pages: string[] }>;
}
