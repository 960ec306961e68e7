import { connect } from 'node:net';
import { BSON, type Document } from 'bson';

/** Sends one command as OP_MSG and gives its reply, with nothing added to it. */
export function runRaw(port: number, command: Document): Promise<Document> {
  const body = BSON.serialize(command);
  const message = Buffer.alloc(21 + body.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(1, 4);
  message.writeInt32LE(2013, 12);
  message.set(body, 21);
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(message));
    let received = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 16 || received.length < received.readInt32LE(0)) return;
      socket.destroy();
      resolve(BSON.deserialize(received.subarray(21)));
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the connection was closed without a reply')));
  });
}
