import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WireConnection } from '../battery/wire.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const START_MS = 30_000;

/** The stand-in as a process of its own, so that it can be killed as a crash would. */
export interface StoreProcess {
  readonly port: number;
  readonly pid: number;
  connect(): Promise<WireConnection>;
  /** True while nothing has ended the process. */
  running(): boolean;
  /** kill -9: nothing is flushed, no handler runs. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Asks it to end, as Ctrl-C does. */
  stop(): Promise<void>;
  /** How many files and sockets the process holds open; undefined where the system does not tell. */
  openFiles(): Promise<number | undefined>;
}

export async function startStoreProcess(dir: string): Promise<StoreProcess> {
  const port = await freePort();
  const child = run(['serve', '--dir', dir, '--port', String(port)]);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const ended = once(child, 'exit');
  const running = () => child.exitCode === null && child.signalCode === null;
  const end = async (signal: NodeJS.Signals) => {
    if (running()) {
      child.kill(signal);
      await ended;
    }
  };
  const deadline = Date.now() + START_MS;
  for (;;) {
    const connection = await WireConnection.open('127.0.0.1', port).catch(() => undefined);
    if (connection) {
      connection.close();
      break;
    }
    if (!running() || Date.now() > deadline) {
      await end('SIGKILL');
      throw new Error(`the store did not start: ${said}`);
    }
    await pause(15);
  }
  return {
    port,
    pid: child.pid ?? 0,
    connect: () => WireConnection.open('127.0.0.1', port),
    running,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    openFiles: async () => (await readdir(`/proc/${child.pid}/fd`).catch(() => undefined))?.length,
  };
}

/** Runs `verify` over the files of a store that is not running. */
export async function verifyStore(dir: string): Promise<{ ok: boolean; said: string }> {
  const child = run(['verify', '--dir', dir]);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { ok: code === 0, said };
}

function run(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
