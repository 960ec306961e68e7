import { createHash, randomUUID } from 'node:crypto';
import { type Document, EJSON, Long, UUID } from 'bson';
import type { BatteryCase } from './batteryCase.ts';
import { normaliseReply } from './normaliseReply.ts';
import type { WireConnection } from './wire.ts';

/** The replies of one case, ready to be compared or recorded. */
export type CaseReplies = readonly unknown[];

/** Runs cases one after the other in a database of its own; `close` drops that database. */
export class CaseRunner {
  readonly #connection: WireConnection;
  readonly #database = `battery${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  /** The documents and indexes that collection `c` holds now, if only read since. */
  #loaded: string | undefined;

  constructor(connection: WireConnection) {
    this.#connection = connection;
  }

  async run(one: BatteryCase): Promise<CaseReplies> {
    await this.#load(one);
    const sessions = new Map<string, UUID>();
    const replies: unknown[] = [];
    let cursor = Long.ZERO;
    const last = one.readOnly ? [] : [{ find: 'c', sort: { _id: 1 } }];
    for (const step of [...one.steps, ...last]) {
      const reply = await this.#send(step, sessions, cursor);
      cursor = (reply['cursor'] as { id?: Long } | undefined)?.id ?? cursor;
      replies.push(normaliseReply(reply, this.#database, step === last[0] ? 'reply' : one.compare));
    }
    return replies;
  }

  async close(): Promise<void> {
    await this.#connection.command(this.#database, { dropDatabase: 1 });
  }

  async #send(step: Document, sessions: Map<string, UUID>, cursor: Long): Promise<Document> {
    const { $on: database = this.#database, ...command } = step;
    const sessionOf = (name: string): { id: UUID } => {
      const id = sessions.get(name) ?? new UUID();
      sessions.set(name, id);
      return { id };
    };
    if (typeof command['lsid'] === 'string') command['lsid'] = sessionOf(command['lsid']);
    if (Array.isArray(command['endSessions'])) {
      command['endSessions'] = command['endSessions'].map((name: string) => sessionOf(name));
    }
    const sent = replaceIn(command, (value) => {
      if (value === '$$cursor') return cursor;
      return typeof value === 'string' ? value.replaceAll('$$database', this.#database) : value;
    });
    return this.#connection.command(String(database), sent as Document);
  }

  async #load(one: BatteryCase): Promise<void> {
    const wanted = EJSON.stringify({ docs: one.docs, indexes: one.indexes });
    if (one.readOnly && this.#loaded === wanted) return;
    this.#loaded = one.readOnly ? wanted : undefined;
    const must = async (command: Document) => {
      const reply = await this.#connection.command(this.#database, command);
      if (Number(reply['ok']) !== 1 || reply['writeErrors']) {
        throw new Error(`cannot set up "${one.name}": ${EJSON.stringify(reply)}`);
      }
      return reply;
    };
    const listed = await must({ listCollections: 1, nameOnly: true });
    for (const { name } of listed['cursor'].firstBatch as { name: string }[]) await must({ drop: name });
    if (one.indexes.length > 0) {
      const indexes = one.indexes.map((index) => ({ name: nameOf(index.key), ...index }));
      await must({ createIndexes: 'c', indexes });
    }
    if (one.docs.length > 0) await must({ insert: 'c', documents: one.docs });
  }
}

/** Changes with the case, so that a recording of an older version of it is noticed. */
export function fingerprintOf(one: BatteryCase): string {
  const { docs, indexes, steps, compare, readOnly } = one;
  const text = EJSON.stringify({ docs, indexes, steps, compare, readOnly }, { relaxed: false });
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function nameOf(key: Document): string {
  return Object.entries(key)
    .map(([field, direction]) => `${field}_${String(direction)}`)
    .join('_');
}

function replaceIn(value: unknown, replace: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => replaceIn(inner, replace));
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaceIn(inner, replace)]));
  }
  return replace(value);
}
