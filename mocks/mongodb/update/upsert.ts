import { ObjectId } from 'bson';
import { clone, type Doc, setField, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { Filter, Node } from '../query/filter.ts';
import type { Update } from './compile.ts';
import { writePath } from './paths.ts';

/** The document an upsert inserts: the filter's equalities, then the update, then an _id if there is none yet. */
export function upsertDocument(filter: Filter, update: Update): Doc {
  const start: Doc = {};
  const equalities: { path: string; value: Value }[] = [];
  collectEqualities(filter.node, equalities);
  const seen = new Set<string>();
  for (const { path, value } of equalities) {
    if (seen.has(path))
      throw new CommandError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    seen.add(path);
    if (update.kind === 'replacement' && path !== '_id') continue;
    if (equalities.some((other) => other.path.startsWith(`${path}.`))) {
      throw new CommandError(
        54,
        `cannot infer query fields to set, both paths '${path}' and a path under it are matched`,
      );
    }
    writePath(start, path.split('.'), clone(value));
  }
  const made = update.apply(start, { inserting: true });
  const doc: Doc = { _id: made['_id'] === undefined ? new ObjectId() : made['_id'] };
  for (const key of Object.keys(made)) if (key !== '_id') setField(doc, key, made[key]!);
  return doc;
}

function collectEqualities(node: Node, found: { path: string; value: Value }[]): void {
  if (node.kind === 'and') for (const child of node.children) collectEqualities(child, found);
  else if (node.kind === 'or' && node.children.length === 1) collectEqualities(node.children[0]!, found);
  else if (node.kind === 'leaf') {
    if (node.op === '$eq') found.push({ path: node.path, value: node.value });
    else if (node.op === '$in' && (node.value as Value[]).length === 1) {
      found.push({ path: node.path, value: (node.value as Value[])[0]! });
    }
  }
}
