import { join } from 'node:path';
import { type Database, open } from 'lmdb';
import { decode } from '../../../mocks/mongodb/bson/decode.ts';
import { encode } from '../../../mocks/mongodb/bson/encode.ts';
import type { Doc, Value } from '../../../mocks/mongodb/bson/value.ts';
import { encodeKey } from '../../../mocks/mongodb/storage/orderedKey.ts';
import { atOf, codeOf, hallOf, ticketOf } from './tickets.ts';
import type { Workload } from './workload.ts';

type Table = Database<Buffer, Buffer>;

/**
 * The least the same work can cost: LMDB called directly in this process, documents and keys by the store's own codec,
 * the same three indexes, each write durable before it resolves (LMDB joins writes that wait together). No wire, no
 * filters, no plans, no locks.
 */
export class BareTickets implements Workload {
  readonly #root: Database<Buffer, Buffer> & { close(): Promise<void> };
  readonly #records: Table;
  readonly #codes: Table;
  readonly #halls: Table;

  constructor(dir: string) {
    const binary = { encoding: 'binary', keyEncoding: 'binary' } as const;
    const root = open<Buffer, Buffer>({ path: join(dir, 'bare.mdb'), noSubdir: true, maxDbs: 8, ...binary });
    this.#root = root;
    this.#records = root.openDB<Buffer, Buffer>({ name: 'records', ...binary });
    this.#codes = root.openDB<Buffer, Buffer>({ name: 'codes', ...binary });
    this.#halls = root.openDB<Buffer, Buffer>({ name: 'halls', ...binary });
  }

  async load(count: number): Promise<void> {
    for (let from = 0; from < count; from += 5000) {
      await this.#root.transaction(() => {
        for (let no = from; no < Math.min(count, from + 5000); no++) this.#put(no);
      });
    }
  }

  async find(no: number): Promise<void> {
    this.#read(no);
  }

  async update(no: number): Promise<void> {
    await this.#root.transaction(() => {
      const { id, ticket } = this.#read(no);
      ticket['calls'] = Number(ticket['calls']) + 1;
      this.#records.putSync(id, encode(ticket));
    });
  }

  async insert(no: number): Promise<void> {
    await this.#root.transaction(() => this.#put(no));
  }

  async range(no: number): Promise<void> {
    const start = hallKey(hallOf(no), atOf(no));
    const end = hallKey(hallOf(no), new Date(0));
    let found = 0;
    for (const { value } of this.#halls.getRange({ start, end, limit: 20 })) {
      decode(this.#records.getBinary(value)!);
      found += 1;
    }
    if (found === 0) throw new Error(`the hall of ticket ${no} has no tickets`);
  }

  async close(): Promise<void> {
    await this.#root.close();
  }

  #read(no: number): { id: Buffer; ticket: Doc } {
    const id = this.#codes.getBinary(encodeKey([codeOf(no)], [1]));
    const bytes = id && this.#records.getBinary(id);
    if (!bytes) throw new Error(`ticket ${no} is not found`);
    return { id, ticket: decode(bytes) };
  }

  #put(no: number): void {
    const ticket = ticketOf(no) as unknown as Doc;
    const id = encodeKey([no], [1]);
    this.#records.putSync(id, encode(ticket));
    this.#codes.putSync(encodeKey([codeOf(no)], [1]), id);
    this.#halls.putSync(hallKey(hallOf(no), atOf(no)), id);
  }
}

function hallKey(hall: string, at: Date): Buffer {
  return encodeKey([hall, at as Value], [1, -1]);
}
