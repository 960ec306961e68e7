import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../bson/decode.ts';
import { prefixOf } from './catalog.ts';
import { Engine } from './engine.ts';
import { fileName } from './environment.ts';

export interface VerifyReport {
  collections: number;
  documents: number;
  keys: number;
  problems: string[];
}

/** Reads everything: each document decodes, has exactly its keys in each index, and the counts agree. */
export async function verifyStore(dir: string): Promise<VerifyReport> {
  if (!existsSync(join(dir, fileName))) throw new Error(`There is no store in ${dir}.`);
  const engine = new Engine(dir);
  try {
    return verifyEngine(engine);
  } finally {
    await engine.env.close();
  }
}

export function verifyEngine(engine: Engine): VerifyReport {
  const report: VerifyReport = { collections: 0, documents: 0, keys: 0, problems: [] };
  const { keys, records } = engine.env;
  for (const collection of engine.catalog.all()) {
    report.collections++;
    const expected = collection.indexes.map(() => 0);
    let documents = 0;
    let bytes = 0;
    for (const { key, value } of records.getRange({
      start: collection.prefix,
      end: prefixOf(collection.id + 1),
    })) {
      const record = (key as Buffer).readUIntBE(4, 6);
      documents++;
      bytes += value.length;
      const where = `${collection.namespace} record ${record}`;
      if (record >= collection.nextRecord)
        report.problems.push(`${where}: beyond the next record id ${collection.nextRecord}`);
      try {
        const doc = decode(value);
        collection.indexes.forEach((index, i) => {
          for (const indexKey of index.keysFor(doc).keys) {
            expected[i]!++;
            if (index.unique) {
              const owner = keys.getBinary(indexKey)?.readUIntBE(0, 6);
              if (owner !== record)
                report.problems.push(`${where}: key missing in unique index ${index.name} (found ${owner})`);
              continue;
            }
            const suffix = Buffer.alloc(6);
            suffix.writeUIntBE(record, 0, 6);
            if (!keys.doesExist(Buffer.concat([indexKey, suffix])))
              report.problems.push(`${where}: key missing in index ${index.name}`);
          }
        });
      } catch (error) {
        report.problems.push(`${where}: ${String(error)}`);
      }
    }
    collection.indexes.forEach((index, i) => {
      const found = keys.getKeysCount({ start: index.prefix, end: prefixOf(index.id + 1) });
      report.keys += found;
      if (found !== expected[i])
        report.problems.push(
          `${collection.namespace} index ${index.name}: ${found} keys, ${expected[i]} expected`,
        );
    });
    report.documents += documents;
    if (documents !== collection.count)
      report.problems.push(`${collection.namespace}: ${documents} documents, count says ${collection.count}`);
    if (bytes !== collection.bytes)
      report.problems.push(`${collection.namespace}: ${bytes} bytes, count says ${collection.bytes}`);
  }
  return report;
}
