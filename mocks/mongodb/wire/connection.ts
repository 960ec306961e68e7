import type { Socket } from 'node:net';
import { Double } from '../bson/value.ts';
import type { Server } from '../commands/context.ts';
import { dispatch } from '../commands/dispatch.ts';
import { CommandError } from '../errors.ts';
import {
  formatReply,
  type Message,
  maxMessageBytes,
  opMessage,
  opQuery,
  ProtocolError,
  parseMessage,
} from './message.ts';

/** Cuts the bytes of a connection into messages and answers them one after another. */
export class Connection {
  private readonly server: Server;
  private readonly socket: Socket;
  private readonly id: number;
  private chunks: Buffer[] = [];
  private size = 0;
  private busy = false;

  constructor(server: Server, socket: Socket, id: number) {
    this.server = server;
    this.socket = socket;
    this.id = id;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      this.chunks.push(chunk);
      this.size += chunk.length;
      this.advance();
    });
    // A peer that goes away needs no answer; 'close' follows and frees what is left.
    socket.on('error', () => socket.destroy());
  }

  private advance(): void {
    while (!this.busy && !this.socket.destroyed) {
      const bytes = this.nextMessage();
      if (!bytes) return;
      this.handle(bytes);
    }
    // A client that sends without reading answers is held back.
    if (this.busy && this.size > maxMessageBytes) this.socket.pause();
  }

  private peek(length: number): Buffer | undefined {
    if (this.size < length) return undefined;
    if (this.chunks[0]!.length < length) this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0];
  }

  private nextMessage(): Buffer | undefined {
    const head = this.peek(16);
    if (!head) return undefined;
    const length = head.readInt32LE(0);
    const opcode = head.readInt32LE(12);
    if (length < 16 || length > maxMessageBytes || (opcode !== opMessage && opcode !== opQuery)) {
      this.socket.destroy();
      return undefined;
    }
    if (this.size < length) return undefined;
    const all = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
    const rest = all.subarray(length);
    this.chunks = rest.length > 0 ? [rest] : [];
    this.size = rest.length;
    return all.subarray(0, length);
  }

  private handle(bytes: Buffer): void {
    let message: Message;
    try {
      message = parseMessage(bytes);
    } catch (error) {
      this.refuse(bytes, error);
      return;
    }
    this.busy = true;
    void dispatch(this.server, message.command, this.id).then((reply) => {
      if (!this.socket.destroyed && !message.silent) this.answer(reply, message);
      this.busy = false;
      if (this.socket.isPaused()) this.socket.resume();
      this.advance();
    });
  }

  private answer(reply: Parameters<typeof formatReply>[0], message: Message): void {
    try {
      this.socket.write(formatReply(reply, message));
    } catch (error) {
      const failure = error instanceof CommandError ? error : new CommandError(1, String(error));
      this.socket.write(formatReply({ ...failure.toReply(), ok: new Double(0) }, message));
    }
  }

  /** A well-framed message with a bad document is answered with the error; a broken frame ends the connection. */
  private refuse(bytes: Buffer, error: unknown): void {
    if (error instanceof CommandError && !(error instanceof ProtocolError)) {
      const reply = { ...error.toReply(), ok: new Double(0) };
      const legacy = bytes.readInt32LE(12) === opQuery;
      this.socket.write(formatReply(reply, { requestId: bytes.readInt32LE(4), legacy }));
      return;
    }
    this.socket.destroy();
  }
}
