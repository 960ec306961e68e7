import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/** What ClamAV's daemon does by default with longer streams (StreamMaxLength is 25 MB). */
const longest = 25 * 1024 * 1024;

/** The test file that every scanner knows (EICAR), written in two halves so that this source is not one. */
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

export interface Clamd {
  readonly host: string;
  readonly port: number;
  /** Streams looked at so far. */
  readonly scanned: () => number;
  /** While true, connections are dropped without a word. */
  down: boolean;
  close(): Promise<void>;
}

/** A stand-in for clamd: `zPING`, `zVERSION` and `zINSTREAM` as in clamd(8); the one thing it finds is EICAR. */
export async function startClamd({ port = 0 }: { port?: number } = {}): Promise<Clamd> {
  const sockets = new Set<Socket>();
  let scanned = 0;
  const clamd = { down: false };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    if (clamd.down) return void socket.destroy();
    let waiting: Buffer = Buffer.alloc(0);
    let stream: Buffer[] | null = null;
    let size = 0;
    const say = (line: string): void => void socket.end(`${line}\0`);
    socket.on('data', (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      if (stream === null) {
        const end = waiting.indexOf(0);
        if (end < 0) return;
        const command = waiting.subarray(0, end).toString('latin1');
        waiting = waiting.subarray(end + 1);
        if (command === 'zPING') return say('PONG');
        if (command === 'zVERSION') return say('ClamAV 1.4.0 (stand-in)');
        if (command !== 'zINSTREAM') return say('UNKNOWN COMMAND');
        stream = [];
      }
      while (waiting.length >= 4) {
        const length = waiting.readUInt32BE(0);
        if (length === 0) {
          scanned += 1;
          const found = Buffer.concat(stream).includes(eicar);
          return say(found ? 'stream: Win.Test.EICAR_HDB-1 FOUND' : 'stream: OK');
        }
        if (waiting.length < 4 + length) return;
        size += length;
        if (size > longest) return say('INSTREAM size limit exceeded. ERROR');
        stream.push(waiting.subarray(4, 4 + length));
        waiting = waiting.subarray(4 + length);
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return Object.assign(clamd, {
    host: '127.0.0.1',
    port: address.port,
    scanned: () => scanned,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  });
}
