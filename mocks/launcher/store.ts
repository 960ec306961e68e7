import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { Child } from './child.ts';

export interface Store {
  readonly uri: string;
  /** Said at the start: which store it is, and what differs. */
  readonly description: string;
  stop(): Promise<void>;
}

/** The store, in this order: MONGODB_URI, a `mongod` on the PATH, the stand-in on LMDB. */
export async function openStore(port: number, directory: string, logDir: string): Promise<Store> {
  const given = process.env['MONGODB_URI'];
  if (given) return { uri: given, description: 'MongoDB from MONGODB_URI', stop: async () => {} };
  if (!process.env['STORE_STANDIN'] && hasMongod()) return startMongod(port, directory, logDir);
  return openStandIn(port, directory, logDir);
}

const hasMongod = (): boolean => spawnSync('mongod', ['--version'], { stdio: 'ignore' }).status === 0;

/** The stand-in on LMDB in a process of its own; port 0 takes a free one. */
export async function openStandIn(wantedPort: number, directory: string, logDir: string): Promise<Store> {
  const dir = path.join(directory, 'store');
  const port = wantedPort || (await freePort());
  const child = new Child({
    name: 'store',
    module: 'mocks/mongodb/main.ts',
    args: ['serve', '--dir', dir, '--port', String(port)],
    env: {},
    logDir,
    ready: () => accepts(port),
  });
  await child.start();
  return {
    uri: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    description: '自带存储（LMDB，兼容 MongoDB，单机）；正式部署请设置 MONGODB_URI',
    stop: () => child.stop(),
  };
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

async function startMongod(port: number, directory: string, logDir: string): Promise<Store> {
  const dir = path.join(directory, 'mongod');
  mkdirSync(dir, { recursive: true });
  mkdirSync(logDir, { recursive: true });
  const { spawn } = await import('node:child_process');
  const log = path.join(logDir, 'store.log');
  const child = spawn(
    'mongod',
    [
      '--dbpath',
      dir,
      '--port',
      String(port),
      '--bind_ip',
      '127.0.0.1',
      '--replSet',
      'hall',
      '--logpath',
      log,
    ],
    { stdio: 'ignore', detached: true },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const direct = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 30_000,
  });
  await direct.connect();
  const admin = direct.db('admin');
  await admin
    .command({ replSetInitiate: { _id: 'hall', members: [{ _id: 0, host: `127.0.0.1:${port}` }] } })
    .catch((error: { codeName?: string }) => {
      if (error.codeName !== 'AlreadyInitialized') throw error;
    });
  while (!(await admin.command({ hello: 1 }))['isWritablePrimary'])
    await new Promise((next) => setTimeout(next, 100));
  await direct.close();
  return {
    uri: `mongodb://127.0.0.1:${port}/?replicaSet=hall`,
    description: '本机的 mongod（单节点副本集）',
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
