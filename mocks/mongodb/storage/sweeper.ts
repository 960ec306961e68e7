import { decode } from '../bson/decode.ts';
import { compileFilter } from '../query/filter.ts';
import { Finder } from '../query/find.ts';
import type { Collection } from './catalog.ts';
import { DirectAccess, type Engine } from './engine.ts';
import { Blocked } from './environment.ts';
import type { Index } from './indexDefinition.ts';

const portion = 500;

/** Removes documents whose TTL index says they are over, as MongoDB's monitor does once a minute. */
export async function sweepExpired(engine: Engine, now: number): Promise<number> {
  let removed = 0;
  for (const collection of [...engine.catalog.all()]) {
    for (const index of collection.indexes) {
      if (index.expireAfterSeconds === undefined) continue;
      for (;;) {
        const some = await engine.env.write(() => removePortion(engine, collection, index, now));
        removed += some;
        if (some < portion) break;
      }
    }
  }
  return removed;
}

function removePortion(engine: Engine, collection: Collection, index: Index, now: number): number {
  if (engine.catalog.find(collection.namespace) !== collection || !collection.indexes.includes(index))
    return 0;
  const path = index.paths[0]!;
  const limit = new Date(now - index.expireAfterSeconds! * 1000);
  const filter = compileFilter({
    $and: [{ [path]: { $lte: limit } }, ...(index.partial ? [index.partial.source] : [])],
  });
  const finder = new Finder(engine, { collection, filter, hint: index.name, limit: portion });
  const access = new DirectAccess(engine);
  const records: number[] = [];
  for (const hit of finder.hits()) if (hit) records.push(hit.record);
  let removed = 0;
  for (const record of records) {
    try {
      access.claim(collection, record);
    } catch (error) {
      // An open transaction has it; the next round will see.
      if (error instanceof Blocked) continue;
      throw error;
    }
    const bytes = access.get(collection, record)!;
    access.remove(collection, record, decode(bytes), bytes);
    removed++;
  }
  return removed;
}
