import { type Document, Int32, Long, UUID } from 'bson';
import type { WireConnection } from '../battery/wire.ts';

const DATABASE = 'chaos';
const ACCOUNTS = 8;
const COUNTERS = 4;

/**
 * Writers that remember what the store acknowledged, over all rounds. A write that was on its way when the store died
 * may be there or not; one that was acknowledged must be.
 */
export class AcknowledgedWrites {
  readonly #notes = new Map<number, number>();
  readonly #deleted = new Set<number>();
  readonly #transfers = new Set<number>();
  readonly #increments = Array.from({ length: COUNTERS }, () => ({ acknowledged: 0, sent: 0 }));
  #next = 1;

  /** How many writes were acknowledged so far. */
  get count(): number {
    const increments = this.#increments.reduce((sum, one) => sum + one.acknowledged, 0);
    return this.#notes.size + this.#deleted.size + this.#transfers.size + increments;
  }

  async prepare(connection: WireConnection): Promise<void> {
    await must(connection, {
      createIndexes: 'notes',
      indexes: [
        { key: { code: 1 }, name: 'code', unique: true },
        { key: { group: 1, n: -1 }, name: 'group_n' },
        { key: { tags: 1 }, name: 'tags' },
        { key: { open: 1 }, name: 'open', partialFilterExpression: { n: { $gt: 3 } } },
      ],
    });
    await must(connection, { createIndexes: 'transfers', indexes: [{ key: { from: 1 }, name: 'from' }] });
    await must(connection, {
      insert: 'accounts',
      documents: from(ACCOUNTS, (_id) => ({ _id, balance: 1000 })),
    });
    await must(connection, { insert: 'counters', documents: from(COUNTERS, (_id) => ({ _id, n: 0 })) });
  }

  /** Writes until the connection breaks. Resolves then. */
  async writeUntilItBreaks(connection: WireConnection): Promise<void> {
    try {
      for (;;) await this.#writeSomething(connection);
    } catch (error) {
      if (error instanceof Refused) throw error;
    }
  }

  /** What is wrong with the store, in words; nothing when every acknowledged write is there. */
  async check(connection: WireConnection): Promise<string[]> {
    const wrong: string[] = [];
    const notes = new Map((await all(connection, 'notes')).map((one) => [Number(one['_id']), one]));
    for (const [id, n] of this.#notes) {
      const found = notes.get(id);
      if (!found) wrong.push(`note ${id} was acknowledged and is not there`);
      else if (Number(found['n']) < n) wrong.push(`note ${id} lost an acknowledged update`);
    }
    for (const id of this.#deleted) if (notes.has(id)) wrong.push(`note ${id} was deleted and is back`);
    for (const index of ['code', 'group_n', 'tags']) {
      const through = await all(connection, 'notes', { hint: index });
      if (through.length !== notes.size)
        wrong.push(`index ${index} has ${through.length} of ${notes.size} notes`);
    }
    for (const one of await all(connection, 'counters')) {
      const { acknowledged = 0, sent = 0 } = this.#increments[Number(one['_id'])] ?? {};
      const n = Number(one['n']);
      if (n < acknowledged || n > sent)
        wrong.push(`counter ${one['_id']} is ${n}, not ${acknowledged} to ${sent}`);
    }
    wrong.push(...(await this.#checkTransfers(connection)));
    return wrong;
  }

  async #checkTransfers(connection: WireConnection): Promise<string[]> {
    const wrong: string[] = [];
    const transfers = await all(connection, 'transfers');
    const there = new Set(transfers.map((one) => Number(one['_id'])));
    for (const id of this.#transfers)
      if (!there.has(id)) wrong.push(`transfer ${id} was committed and is not there`);
    const balances = Array.from({ length: ACCOUNTS }, () => 1000);
    for (const { from: source, to } of transfers) {
      balances[Number(source)]! -= 1;
      balances[Number(to)]! += 1;
    }
    for (const one of await all(connection, 'accounts')) {
      const expected = balances[Number(one['_id'])];
      if (Number(one['balance']) !== expected) {
        wrong.push(`account ${one['_id']} holds ${one['balance']}, its transfers say ${expected}`);
      }
    }
    return wrong;
  }

  async #writeSomething(connection: WireConnection): Promise<void> {
    const id = this.#next++;
    switch (id % 5) {
      case 0:
        return this.#transfer(connection, id);
      case 1:
        return this.#increment(connection, id % COUNTERS);
      case 2:
        return this.#change(connection);
      default:
        await must(connection, { insert: 'notes', documents: [noteOf(id)] });
        this.#notes.set(id, 0);
    }
  }

  async #increment(connection: WireConnection, counter: number): Promise<void> {
    const tally = this.#increments[counter]!;
    tally.sent += 1;
    await must(connection, {
      findAndModify: 'counters',
      query: { _id: counter },
      update: { $inc: { n: new Int32(1) } },
    });
    tally.acknowledged += 1;
  }

  /** Updates or deletes an acknowledged note that no other writer is about to touch. */
  async #change(connection: WireConnection): Promise<void> {
    const picked = [...this.#notes.entries()].at(
      -1 - Math.floor(Math.random() * Math.min(50, this.#notes.size)),
    );
    if (!picked) return;
    const [id, n] = picked;
    // Taken out while the write is on its way: until it is acknowledged, either state is right.
    this.#notes.delete(id);
    if (Math.random() < 0.2) {
      await must(connection, { delete: 'notes', deletes: [{ q: { _id: id }, limit: 1 }] });
      this.#deleted.add(id);
      return;
    }
    const u = {
      $inc: { n: 1 },
      $set: { group: `g${n % 7}` },
      $push: { tags: { $each: [`t${n}`], $slice: -3 } },
    };
    await must(connection, { update: 'notes', updates: [{ q: { _id: id }, u }] });
    this.#notes.set(id, n + 1);
  }

  /** Moves one from an account to another and writes it down, in one transaction; gives up on a conflict. */
  async #transfer(connection: WireConnection, id: number): Promise<void> {
    const [source, to] = [id % ACCOUNTS, (id + 1 + (id % (ACCOUNTS - 1))) % ACCOUNTS];
    const session = { lsid: { id: new UUID() }, txnNumber: Long.fromNumber(1), autocommit: false };
    const steps: Document[] = [
      { insert: 'transfers', documents: [{ _id: id, from: source, to }], startTransaction: true },
      { update: 'accounts', updates: [{ q: { _id: source }, u: { $inc: { balance: -1 } } }] },
      { update: 'accounts', updates: [{ q: { _id: to }, u: { $inc: { balance: 1 } } }] },
    ];
    for (const step of steps) {
      const reply = await connection.command(DATABASE, { ...step, ...session });
      if (Number(reply['ok']) === 1) continue;
      if ((reply['errorLabels'] as string[] | undefined)?.includes('TransientTransactionError')) {
        await connection.command('admin', { abortTransaction: 1, ...session });
        return;
      }
      throw new Refused(step, reply);
    }
    const committed = await connection.command('admin', { commitTransaction: 1, ...session });
    if (Number(committed['ok']) === 1) this.#transfers.add(id);
    else if (!(committed['errorLabels'] as string[] | undefined)?.includes('TransientTransactionError')) {
      throw new Refused({ commitTransaction: 1 }, committed);
    }
  }
}

/** The store answered, and said no where it had to say yes. */
class Refused extends Error {
  constructor(command: Document, reply: Document) {
    super(`${JSON.stringify(command)} was answered ${JSON.stringify(reply)}`);
  }
}

async function must(connection: WireConnection, command: Document): Promise<Document> {
  const reply = await connection.command(DATABASE, { ...command, writeConcern: { w: 'majority', j: true } });
  if (Number(reply['ok']) !== 1 || reply['writeErrors']) throw new Refused(command, reply);
  return reply;
}

async function all(
  connection: WireConnection,
  collection: string,
  options: Document = {},
): Promise<Document[]> {
  const reply = await connection.command(DATABASE, { find: collection, batchSize: 1_000_000, ...options });
  if (Number(reply['ok']) !== 1) throw new Refused({ find: collection, ...options }, reply);
  const documents = [...(reply['cursor'].firstBatch as Document[])];
  let cursor = reply['cursor'].id as Long;
  while (!cursor.isZero()) {
    const next = await connection.command(DATABASE, { getMore: cursor, collection, batchSize: 1_000_000 });
    documents.push(...(next['cursor'].nextBatch as Document[]));
    cursor = next['cursor'].id as Long;
  }
  return documents;
}

function noteOf(id: number): Document {
  return {
    _id: id,
    code: `code ${id}`,
    group: `g${id % 7}`,
    n: 0,
    tags: [`t${id % 5}`, `u${id % 3}`],
    open: id % 2 === 0,
  };
}

function from(count: number, make: (i: number) => Document): Document[] {
  return Array.from({ length: count }, (_, i) => make(i));
}
