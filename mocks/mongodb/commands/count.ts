import { identity } from '../bson/compare.ts';
import { decode } from '../bson/decode.ts';
import { asNumber, count as toCount, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { Finder, type Hit } from '../query/find.ts';
import { walkPath } from '../query/path.ts';
import { checkFields, type Handler, namespace, optionalCount, optionalDocument } from './context.ts';

/** Lets other commands run while a long scan goes on. */
export async function* paced(hits: Iterable<Hit | undefined>): AsyncGenerator<Hit, void> {
  let begun = performance.now();
  for (const hit of hits) {
    if (hit) yield hit;
    else if (performance.now() - begun > 10) {
      await new Promise((resolve) => setImmediate(resolve));
      begun = performance.now();
    }
  }
}

export const count: Handler = async (request) => {
  checkFields(request, new Set(['query', 'limit', 'skip', 'hint', 'collation', 'fields']));
  const collection = request.server.engine.catalog.find(namespace(request));
  const filter = compileFilter(optionalDocument(request, 'query') ?? {});
  const skip = optionalCount(request, 'skip') ?? 0;
  const limit = Math.abs(asNumber(request.command['limit']) ?? 0);
  request.server.counters.commands++;
  if (!collection) return { n: 0 };
  if (filter.isEmpty && !request.transaction) {
    const left = Math.max(0, collection.count - skip);
    return { n: toCount(limit > 0 ? Math.min(left, limit) : left) };
  }
  const hint = request.command['hint'];
  const finder = new Finder(
    request.server.engine,
    { collection, filter, skip, limit, hint },
    request.transaction,
  );
  let n = 0;
  for await (const _ of paced(finder.hits())) n++;
  return { n: toCount(n) };
};

export const distinct: Handler = async (request) => {
  checkFields(request, new Set(['key', 'query', 'collation', 'hint']));
  const { key } = request.command;
  if (key === undefined)
    throw new CommandError(40414, "BSON field 'distinct.key' is missing but a required field");
  if (typeof key !== 'string')
    throw new CommandError(14, "BSON field 'distinct.key' is the wrong type, expected type 'string'");
  const collection = request.server.engine.catalog.find(namespace(request));
  const filter = compileFilter(optionalDocument(request, 'query') ?? {});
  if (!collection) return { values: [] };
  const parts = key.split('.');
  const only = new Set([parts[0]!]);
  const values = new Map<string, Value>();
  const finder = new Finder(
    request.server.engine,
    { collection, filter, hint: request.command['hint'] },
    request.transaction,
  );
  for await (const hit of paced(finder.hits())) {
    walkPath(
      decode(hit.bytes, 0, { only }),
      parts,
      0,
      (value) => {
        if (value !== undefined && !Array.isArray(value)) values.set(identity(value), value);
        return false;
      },
      true,
      { index: undefined },
    );
  }
  return { values: [...values.values()] };
};
