import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes this process the only one that serves a folder: two would each keep their own catalogue and spoil the files.
 * The hold is a listening local socket, which the system lets go with the process, however that ends.
 */
export async function holdFolder(dir: string): Promise<{ release(): Promise<void> }> {
  mkdirSync(dir, { recursive: true });
  const name = `lmdb-store-${createHash('sha1').update(realpathSync(dir)).digest('hex').slice(0, 16)}`;
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
  let server = await listen(path);
  if (!server && !(await answers(path))) {
    // Left by a process that was killed.
    unlinkSync(path);
    server = await listen(path);
  }
  if (!server) throw new Error(`Another process already serves the store in ${dir}.`);
  const held = server;
  return { release: () => new Promise((resolve) => held.close(() => resolve())) };
}

function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
