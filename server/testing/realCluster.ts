import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A real MongoDB replica set on this machine, for tests that stop and start its nodes. Nodes are counted from 0. */
export interface RealCluster {
  /** Starts nodes 0 to n-1 and waits for a primary; idempotent. Resolves to the `mongodb://` URI of the set. */
  up(n: 1 | 2 | 3): Promise<string>;
  /** Kills a node as a crash would: nothing is flushed, no step-down. */
  kill(node: number): Promise<void>;
  /** Starts a killed node again on its own data; it catches up by itself. */
  start(node: number): Promise<void>;
  /** The node that takes writes, or undefined while the set elects one. */
  primary(): Promise<number | undefined>;
  /** Waits until some node other than `not` takes writes. Rejects after `withinMs`. */
  waitForPrimary(options?: { not?: number; withinMs?: number }): Promise<number>;
  /** Stops all nodes and deletes their data. */
  down(): Promise<void>;
}

/** Why a test that needs real nodes did not run, in words for its log. */
export const whyNoRealCluster =
  'This did not run: REAL_MONGODB_CLUSTER is not set. Set it to a script that knows up N, kill I, start I, status ' +
  'and down for a real MongoDB replica set on this machine.';

const UP_MS = 300_000;
const STEP_MS = 90_000;

/** The cluster of the script named by REAL_MONGODB_CLUSTER, or undefined when none is named. */
export function realCluster(script = process.env['REAL_MONGODB_CLUSTER']): RealCluster | undefined {
  if (!script) return undefined;
  const ask = async (timeout: number, ...words: string[]): Promise<string> =>
    (await run(script, words, { timeout })).stdout;
  const primary = async (): Promise<number | undefined> => {
    const node = /^(\d+) PRIMARY$/m.exec(await ask(STEP_MS, 'status'))?.[1];
    return node === undefined ? undefined : Number(node);
  };
  return {
    async up(n) {
      const printed = await ask(UP_MS, 'up', String(n));
      const uri = /^MONGODB_URI=(\S+)$/m.exec(printed)?.[1];
      if (!uri) throw new Error(`"${script} up ${n}" printed no MONGODB_URI: ${printed}`);
      return uri;
    },
    async kill(node) {
      await ask(STEP_MS, 'kill', String(node));
    },
    async start(node) {
      await ask(STEP_MS, 'start', String(node));
    },
    primary,
    async waitForPrimary({ not, withinMs = 60_000 } = {}) {
      const deadline = Date.now() + withinMs;
      // Each question starts a client of its own and takes a good part of a second, so there is no need to pause.
      while (Date.now() < deadline) {
        const node = await primary();
        if (node !== undefined && node !== not) return node;
      }
      throw new Error(`no ${not === undefined ? '' : 'new '}primary within ${withinMs} ms`);
    },
    async down() {
      await ask(STEP_MS, 'down');
    },
  };
}
