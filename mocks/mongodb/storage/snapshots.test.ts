import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import { Environment } from './environment.ts';

test('two snapshots of one turn are one read transaction, and it lives until both are let go', async (t) => {
  const dir = mkdtempSync(path.join(tmpdir(), 'snapshots-'));
  const env = new Environment(dir);
  t.teardown(async () => {
    await env.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const key = Buffer.from('k');
  await env.write(() => void env.records.putSync(key, Buffer.from('old')));
  const [first, second] = [env.snapshot(), env.snapshot()];
  await env.write(() => void env.records.putSync(key, Buffer.from('new')));
  env.release(first);
  t.false(env.remap(), 'the map stays while anybody reads from it');
  t.is(String(env.records.get(key, { transaction: second })), 'old');
  env.release(second);
  env.release(second);
  t.true(env.remap());
  t.is(String(env.records.get(key)), 'new');
});
