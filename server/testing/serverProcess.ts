import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** A server of the hall in a process of its own, for tests that kill it. */
export class ServerProcess {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  /** Starts `server/main.ts` with these roles and waits until it is ready. Dies with this process. */
  static async start(roles: readonly string[], environment: Record<string, string>): Promise<ServerProcess> {
    const url = `http://127.0.0.1:${environment['PORT']}`;
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts', ...roles], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'warn', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    process.once('exit', () => child.kill('SIGKILL'));
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-8000);
      });
    }
    const until = Date.now() + 60_000;
    while (!(await isReady(url))) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the server ended at its start:\n${output}`);
      if (Date.now() > until) throw new Error(`the server was not ready within a minute:\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return new ServerProcess(url, child);
  }

  /** kill -9, as a power cut would. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  /** Resolves when the process is gone, whoever ended it. */
  get gone(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => this.child.once('exit', () => resolve()));
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { gone } = this;
    this.child.kill(signal);
    await gone;
  }
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.ok,
    () => false,
  );
