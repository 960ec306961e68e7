import { createServer, type Socket } from 'node:net';
import type { Server } from './commands/context.ts';
import { Cursors } from './sessions/cursors.ts';
import { Sessions } from './sessions/sessions.ts';
import { Engine } from './storage/engine.ts';
import { holdFolder } from './storage/holdFolder.ts';
import { watchMemory } from './storage/memory.ts';
import { sweepExpired } from './storage/sweeper.ts';
import { Connection } from './wire/connection.ts';

export interface StoreOptions {
  /** Folder of the files; made when it is not there. */
  dir: string;
  /** 0 or none: any free port. */
  port?: number;
  host?: string;
  /** How often TTL indexes are swept, in milliseconds (MongoDB: a minute). */
  sweepEvery?: number;
}

export interface Store {
  /** For drivers: names the replica set, so that sessions, transactions and retryable writes are on. */
  uri: string;
  port: number;
  close(): Promise<void>;
}

const setName = 'rs0';

/**
 * Starts a MongoDB-compatible server on the files in `dir`. Fails when the port is taken, when another process
 * already serves the folder, or when the files are of a newer version.
 */
export async function startStore(options: StoreOptions): Promise<Store> {
  const host = options.host ?? '127.0.0.1';
  const hold = await holdFolder(options.dir);
  const engine = await openEngine(options.dir, hold);
  const connections = new Set<Socket>();
  const server: Server = {
    engine,
    cursors: new Cursors(),
    sessions: new Sessions(engine),
    setName,
    address: `${host}:0`,
    started: new Date(),
    connections,
    counters: { inserts: 0, queries: 0, updates: 0, deletes: 0, getmores: 0, commands: 0 },
  };
  let connected = 0;
  const listener = createServer({ noDelay: true }, (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    new Connection(server, socket, ++connected);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen({ port: options.port ?? 0, host, backlog: 4096 }, resolve);
  }).catch(async (error: unknown) => {
    await engine.env.close();
    await hold.release();
    throw error;
  });
  const address = listener.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  server.address = `${host}:${port}`;

  const chores = startChores(server, options.sweepEvery ?? 60_000);
  let closing: Promise<void> | undefined;
  return {
    uri: `mongodb://${host}:${port}/?replicaSet=${setName}`,
    port,
    close() {
      closing ??= (async () => {
        await chores.stop();
        const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
        for (const socket of connections) socket.destroy();
        await closed;
        server.sessions.close();
        await engine.env.close();
        await hold.release();
      })();
      return closing;
    },
  };
}

async function openEngine(dir: string, hold: { release(): Promise<void> }): Promise<Engine> {
  try {
    return new Engine(dir);
  } catch (error) {
    await hold.release();
    throw error;
  }
}

/** Work beside the commands: expired documents, forgotten cursors and sessions, what dropped collections left. */
function startChores(server: Server, sweepEvery: number): { stop(): Promise<void> } {
  const { engine } = server;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const guard = (work: () => Promise<unknown>) => {
    running = running.then(async () => {
      if (stopped) return;
      try {
        await work();
      } catch (error) {
        console.error('store: a chore failed:', error);
      }
    });
  };
  const purge = async () => {
    while (!stopped && (await engine.env.write(() => engine.catalog.purge(2000)))) {
      // Each portion is a write of its own, so that clients wait little.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const timers = [
    setInterval(() => guard(() => sweepExpired(engine, Date.now())), sweepEvery),
    setInterval(() => guard(() => server.sessions.sweepStored(Date.now())), 10 * 60_000),
    setInterval(() => {
      server.sessions.sweep(Date.now());
      server.cursors.sweep(Date.now());
    }, 1000),
    setInterval(() => guard(purge), 5000),
  ];
  for (const timer of timers) timer.unref();
  const memory = watchMemory(engine.env, 100);
  return {
    async stop() {
      stopped = true;
      memory.stop();
      for (const timer of timers) clearInterval(timer);
      await running;
    },
  };
}
