import { startClamd } from './server.ts';

/** The malware scanner's stand-in as a program. */
const clamd = await startClamd({ port: Number(process.env['CLAMD_PORT'] ?? 3005) });
console.log(`clamd stand-in ready at ${clamd.host}:${clamd.port}`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void clamd.close().then(() => process.exit(0));
  });
}
