import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Killable {
  /** kill -9: nothing is settled, nothing is closed. */
  kill(): Promise<void>;
}

/** Starts `server/testing/<script>` as a process of its own; resolves when it has said that it is ready. */
export async function startKillable(script: string, args: readonly string[]): Promise<Killable> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ['--import=tsx', file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout! });
  const [line] = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => ['exited'])]);
  if (line !== 'ready') throw new Error(`${script} said ${line}`);
  lines.resume();
  return {
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
