import { parseArgs } from 'node:util';
import { startStore } from './server.ts';
import { backupStore, restoreStore } from './storage/backup.ts';
import { verifyStore } from './storage/verify.ts';

const usage = `Usage:
  main.ts serve --dir DIR [--port PORT] [--host HOST]   run the store; prints its URI when ready
  main.ts verify --dir DIR                              check that every index agrees with its documents
  main.ts backup --dir DIR --to NEWDIR                  copy the files, also while the store runs
  main.ts restore --from DIR --dir NEWDIR               put a backup in place (NEWDIR must have no store yet)`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    dir: { type: 'string' },
    to: { type: 'string' },
    from: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
  },
});

function need(name: 'dir' | 'to' | 'from'): string {
  const value = values[name];
  if (value) return value;
  console.error(`--${name} is missing\n${usage}`);
  process.exit(2);
}

async function serve(): Promise<void> {
  const store = await startStore({
    dir: need('dir'),
    port: values.port === undefined ? 0 : Number(values.port),
    ...(values.host ? { host: values.host } : {}),
  });
  console.log(store.uri);
  const stop = () => {
    void store.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

async function verify(): Promise<void> {
  const report = await verifyStore(need('dir'));
  for (const problem of report.problems) console.error(problem);
  console.log(
    `${report.collections} collections, ${report.documents} documents, ${report.keys} index keys: ${report.problems.length} problems`,
  );
  if (report.problems.length > 0) process.exitCode = 1;
}

try {
  switch (positionals[0]) {
    case 'serve':
      await serve();
      break;
    case 'verify':
      await verify();
      break;
    case 'backup':
      await backupStore(need('dir'), need('to'));
      console.log(`backed up to ${values.to}`);
      break;
    case 'restore':
      await restoreStore(values.from ?? need('from'), need('dir'));
      console.log(`restored to ${values.dir}`);
      break;
    default:
      console.error(usage);
      process.exitCode = 2;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
