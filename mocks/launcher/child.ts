import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { root } from './settings.ts';

export interface Program {
  readonly name: string;
  /** Module to run, from the root, and its arguments. */
  readonly module: string;
  readonly args?: readonly string[];
  readonly env: Record<string, string>;
  /** Standard output and error go to this folder, one file a program. */
  readonly logDir: string;
  /** Resolves when the program answers; polled until then. */
  readonly ready: () => Promise<boolean>;
}

/** A program of the hall in a process of its own. */
export class Child {
  private process: ChildProcess | undefined;
  private stopping = false;
  readonly exited: Promise<number>;
  private tell: (code: number) => void = () => {};

  constructor(readonly program: Program) {
    this.exited = new Promise((resolve) => {
      this.tell = resolve;
    });
  }

  /** Starts it and waits until it is ready; throws with the end of its log when it dies first or takes longer than `withinMs`. */
  async start(withinMs = 60_000): Promise<void> {
    const { name, module, args = [], env, logDir, ready } = this.program;
    mkdirSync(logDir, { recursive: true });
    const file = path.join(logDir, `${name}.log`);
    const output = createWriteStream(file, { flags: 'a' });
    // A group of its own: Ctrl-C reaches the launcher alone, which then stops its children in order.
    const child = spawn(process.execPath, ['--import', 'tsx', module, ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.process = child;
    let tail = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output.write(chunk);
        tail = (tail + chunk.toString()).slice(-4000);
      });
    }
    let dead = false;
    child.once('exit', (code, signal) => {
      dead = true;
      output.end();
      this.tell(this.stopping ? 0 : (code ?? (signal ? 1 : 0)));
    });
    const until = Date.now() + withinMs;
    while (!(await ready().catch(() => false))) {
      if (dead) throw new Error(`${name} did not start (its log: ${path.relative(root, file)}):\n${tail}`);
      if (Date.now() > until)
        throw new Error(`${name} is not ready after ${withinMs / 1000} s (its log: ${file})`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Asks it to stop and waits; after 10 s it is killed. */
  async stop(): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    this.stopping = true;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await this.exited;
    clearTimeout(timer);
  }
}

/** Ready when the address answers with a status below 500. */
export const answers = (url: string) => async (): Promise<boolean> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
  await response.body?.cancel();
  return response.status < 500;
};

/** Ready when something on this machine takes a connection at the port. */
export const listens = (port: number) => (): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 2000 });
    const say = (ready: boolean): void => {
      socket.destroy();
      resolve(ready);
    };
    socket.once('connect', () => say(true));
    socket.once('error', () => say(false));
    socket.once('timeout', () => say(false));
  });
