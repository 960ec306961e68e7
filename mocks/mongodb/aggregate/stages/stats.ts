import { count, type Doc, isDocument } from '../../bson/value.ts';
import { failedToParse, notImplemented } from '../../errors.ts';
import type { Collection } from '../../storage/catalog.ts';
import type { StageCompiler } from '../stage.ts';

/** $collStats: count and sizes; what is not kept (latencies, query exec counts) is refused by name. */
export const collStats: StageCompiler = (spec, context) => {
  if (!isDocument(spec)) throw failedToParse('$collStats must take a nested object');
  for (const key of Object.keys(spec)) {
    if (key !== 'count' && key !== 'storageStats') throw notImplemented(`$collStats ${key}`);
  }
  const { collection } = context;
  return {
    name: '$collStats',
    *apply() {
      yield {
        ns: collection?.namespace ?? '',
        localTime: new Date(),
        ...(spec['storageStats'] ? { storageStats: storageStats(collection) } : {}),
        ...(spec['count'] ? { count: count(collection?.count ?? 0) } : {}),
      };
    },
  };
};

/** Sizes of documents only: LMDB keeps all collections and indexes in one file and tells no sizes apart. */
export function storageStats(collection: Collection | undefined): Doc {
  const objects = collection?.count ?? 0;
  const bytes = collection?.bytes ?? 0;
  const indexSizes: Doc = {};
  for (const index of collection?.indexes ?? []) indexSizes[index.name] = 0;
  return {
    size: count(bytes),
    count: count(objects),
    ...(objects > 0 ? { avgObjSize: count(Math.floor(bytes / objects)) } : {}),
    numOrphanDocs: 0,
    storageSize: count(bytes),
    freeStorageSize: 0,
    capped: false,
    nindexes: collection?.indexes.length ?? 0,
    indexSizes,
    totalIndexSize: 0,
    totalSize: count(bytes),
    scaleFactor: 1,
  };
}

/** $indexStats: names and keys; uses are not counted and shown as none. */
export const indexStats: StageCompiler = (_, context) => ({
  name: '$indexStats',
  *apply() {
    for (const index of context.collection?.indexes ?? []) {
      yield {
        name: index.name,
        key: index.keyPattern,
        spec: index.toSpec(),
        accesses: { ops: 0n, since: new Date(0) },
      };
    }
  },
});
