import { connect } from 'node:net';
import type { MalwareScanner } from './room.ts';

/**
 * ClamAV's daemon by its INSTREAM command: length-prefixed chunks, a zero length at the end, one line as the answer
 * (`stream: OK`, `stream: NAME FOUND`). Rejects when it cannot say.
 */
export function createClamd(
  address: { readonly host: string; readonly port: number },
  timeoutMs = 10_000,
): MalwareScanner {
  return {
    scan: (bytes) =>
      new Promise((resolve, reject) => {
        const socket = connect(address);
        let answer = '';
        const fail = (why: string): void => {
          socket.destroy();
          reject(new Error(`the malware scanner did not answer: ${why}`));
        };
        socket.setTimeout(timeoutMs, () => fail('time is up'));
        socket.once('error', (error) => fail(error.message));
        socket.on('data', (chunk) => {
          answer += chunk.toString('latin1');
        });
        socket.once('end', () => {
          const line = answer.replace(/\0/g, '').trim();
          if (line === 'stream: OK') return resolve({ clean: true, found: null });
          const [, found] = /^stream: (.+) FOUND$/.exec(line) ?? [];
          if (found) resolve({ clean: false, found });
          else fail(line.slice(0, 80) || 'nothing said');
        });
        socket.once('connect', () => {
          socket.write('zINSTREAM\0');
          for (let at = 0; at < bytes.length; at += 65_536) {
            const chunk = bytes.subarray(at, at + 65_536);
            const length = Buffer.alloc(4);
            length.writeUInt32BE(chunk.length);
            socket.write(length);
            socket.write(chunk);
          }
          socket.write(Buffer.alloc(4));
        });
      }),
  };
}
