import { connect, type Socket } from 'node:net';
import { type Document, deserialize, serialize } from 'bson';

const OP_MSG = 2013;
const HEADER_BYTES = 16;

/**
 * One connection that sends commands as they are written, with nothing added: no implicit session, no retries, no
 * read preference. The battery needs this to choose session ids and transaction numbers itself and to see replies as
 * the server sent them (every number keeps its BSON type).
 */
export class WireConnection {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #nextRequestId = 1;
  readonly #waiting = new Map<
    number,
    { resolve: (reply: Document) => void; reject: (error: Error) => void }
  >();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    const fail = (error: Error) => {
      for (const one of this.#waiting.values()) one.reject(error);
      this.#waiting.clear();
    };
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('the server closed the connection')));
  }

  static async open(host: string, port: number): Promise<WireConnection> {
    const socket = connect({ host, port, noDelay: true });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new WireConnection(socket);
  }

  /** Resolves to the reply, whether `ok` is 1 or 0; rejects only when the connection fails. */
  command(database: string, command: Document): Promise<Document> {
    const requestId = this.#nextRequestId++;
    const answer = new Promise<Document>((resolve, reject) => {
      this.#waiting.set(requestId, { resolve, reject });
    });
    this.#socket.write(messageOf({ ...command, $db: database }, requestId));
    return answer;
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    while (this.#received.length >= 4) {
      const length = this.#received.readInt32LE(0);
      if (this.#received.length < length) return;
      const message = this.#received.subarray(0, length);
      this.#received = this.#received.subarray(length);
      const responseTo = message.readInt32LE(8);
      const waiting = this.#waiting.get(responseTo);
      this.#waiting.delete(responseTo);
      // Flag bits (4 bytes) and the kind of the only section (1 byte) stand before the document.
      waiting?.resolve(deserialize(message.subarray(HEADER_BYTES + 5), { promoteValues: false }));
    }
  }
}

/** An OP_MSG with one body section. */
export function messageOf(body: Document, requestId: number): Buffer {
  const document = serialize(body, { ignoreUndefined: false });
  const message = Buffer.alloc(HEADER_BYTES + 5 + document.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(requestId, 4);
  message.writeInt32LE(0, 8);
  message.writeInt32LE(OP_MSG, 12);
  message.set(document, HEADER_BYTES + 5);
  return message;
}

/** Connects to the member of `uri` that takes writes. */
export async function openPrimary(uri: string): Promise<WireConnection> {
  const hosts = /^mongodb:\/\/(?:[^@/]*@)?([^/?]+)/.exec(uri)?.[1]?.split(',') ?? [];
  for (const hostAndPort of hosts) {
    const [host = '127.0.0.1', port = '27017'] = hostAndPort.split(':');
    const connection = await WireConnection.open(host, Number(port)).catch(() => undefined);
    if (!connection) continue;
    const hello = await connection.command('admin', { hello: 1 });
    if (hello['isWritablePrimary'] === true) return connection;
    connection.close();
  }
  throw new Error(`no member of ${uri} takes writes`);
}
