/**
 * `npm run bench -- NAME` runs `NAME.ts` of this folder, prints what it measured line by line, and as its last line
 * the same figures as one JSON object.
 */
import { existsSync, readdirSync } from 'node:fs';

type Bench = { run(): Promise<Record<string, number>> };

const here = new URL('.', import.meta.url);
const name = process.argv[2] ?? '';
const file = new URL(`${name}.ts`, here);
if (!/^[a-z][A-Za-z-]*$/.test(name) || !existsSync(file)) {
  const names = readdirSync(here)
    .filter((each) => /^[a-z][A-Za-z-]*\.ts$/.test(each) && each !== 'main.ts')
    .map((each) => each.slice(0, -3));
  console.error(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
  process.exit(2);
}
const bench = (await import(file.href)) as Partial<Bench>;
if (typeof bench.run !== 'function') {
  console.error(`${name}.ts is a part of another bench and has no run().`);
  process.exit(2);
}
const figures = await bench.run();
const width = Math.max(...Object.keys(figures).map((key) => key.length));
for (const [key, value] of Object.entries(figures)) console.log(`${key.padEnd(width)}  ${value}`);
console.log(JSON.stringify(figures));
process.exit(0);
