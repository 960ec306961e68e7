import type { Flow } from '../aggregate/stage.ts';
import { compileUpdatePipeline } from '../aggregate/updatePipeline.ts';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { clone, type Doc, isDocument, setField, type Value } from '../bson/value.ts';
import { CommandError, failedToParse, notImplemented } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { Finder } from '../query/find.ts';
import type { Collection } from '../storage/catalog.ts';
import { DirectAccess } from '../storage/engine.ts';
import type { Request } from './context.ts';
import { prepareInsert } from './insert.ts';

/** Runs what a pipeline's last stage, $out or $merge, does with the documents. */
export type Output = (flow: Flow) => Promise<void>;

/** Takes an output stage off the end of a pipeline; it must stand there and only there. */
export function takeOutput(
  request: Request,
  pipeline: Value[],
): { rest: Value[]; output: Output | undefined } {
  const nameOf = (stage: Value | undefined) =>
    isDocument(stage ?? null) ? Object.keys(stage as Doc)[0] : undefined;
  for (const [i, stage] of pipeline.entries()) {
    const name = nameOf(stage);
    if ((name === '$out' || name === '$merge') && i !== pipeline.length - 1) {
      throw new CommandError(40601, `${name} can only be the final stage in the pipeline`);
    }
  }
  const last = pipeline.at(-1);
  const name = nameOf(last);
  if (name !== '$out' && name !== '$merge') return { rest: pipeline, output: undefined };
  if (request.transaction)
    throw new CommandError(263, `Stage not supported inside of a multi-document transaction: ${name}`);
  const spec = (last as Doc)[name]!;
  return {
    rest: pipeline.slice(0, -1),
    output: name === '$out' ? outOf(request, spec) : mergeOf(request, spec),
  };
}

async function gather(flow: Flow): Promise<Doc[]> {
  const docs: Doc[] = [];
  for (const doc of flow) if (doc) docs.push(doc);
  return docs;
}

function targetOf(request: Request, stage: string, spec: Value): string {
  if (typeof spec === 'string') return `${request.database}.${spec}`;
  if (isDocument(spec) && typeof spec['coll'] === 'string') {
    return `${typeof spec['db'] === 'string' ? spec['db'] : request.database}.${spec['coll']}`;
  }
  throw failedToParse(`${stage} needs the name of a collection`);
}

/** The documents replace the whole collection at once; its indexes stay. */
function outOf(request: Request, spec: Value): Output {
  const ns = targetOf(request, '$out', spec);
  const { engine } = request.server;
  return async (flow) => {
    const docs = await gather(flow);
    await engine.env.write(() => {
      const access = new DirectAccess(engine);
      const collection = engine.catalog.findOrCreate(ns);
      const old = [...new Finder(engine, { collection, filter: compileFilter({}) }).hits()];
      for (const hit of old) if (hit) access.claim(collection, hit.record);
      for (const hit of old) if (hit) access.remove(collection, hit.record, decode(hit.bytes), hit.bytes);
      for (const each of docs) {
        const { doc, bytes } = prepareInsert(each);
        access.insert(collection, bytes, doc);
      }
    });
  };
}

const matchedModes = new Set(['replace', 'keepExisting', 'merge', 'fail']);
const newModes = new Set(['insert', 'discard', 'fail']);

function mergeOf(request: Request, given: Value): Output {
  const spec: Doc = isDocument(given) ? given : { into: given };
  const ns = targetOf(request, '$merge', spec['into'] ?? null);
  const on =
    spec['on'] === undefined
      ? ['_id']
      : ((Array.isArray(spec['on']) ? spec['on'] : [spec['on']]) as string[]);
  const whenMatched = spec['whenMatched'] ?? 'merge';
  const whenNew = spec['whenNotMatched'] ?? 'insert';
  if (!Array.isArray(whenMatched) && !matchedModes.has(whenMatched as string))
    throw failedToParse(`unknown whenMatched mode`);
  if (!newModes.has(whenNew as string)) throw failedToParse(`unknown whenNotMatched mode`);
  if (spec['let'] !== undefined) throw notImplemented('$merge with let');
  const { engine } = request.server;
  checkUnique(engine.catalog.find(ns), on);
  return async (flow) => {
    const docs = await gather(flow);
    const done = new Set<Doc>();
    await engine.env.write(() => {
      const access = new DirectAccess(engine);
      const collection = engine.catalog.findOrCreate(ns);
      for (const each of docs) {
        if (done.has(each)) continue;
        mergeOne(access, collection, each);
        done.add(each);
      }
    });

    function mergeOne(access: DirectAccess, collection: Collection, each: Doc): void {
      const key: Doc = {};
      for (const path of on) key[path] = { $eq: each[path] ?? null };
      const finder = new Finder(engine, { collection, filter: compileFilter(key), limit: 1 });
      const hit =
        on.includes('_id') && each['_id'] === undefined
          ? undefined
          : [...finder.hits()].find((found) => found !== undefined);
      if (!hit) {
        if (whenNew === 'discard') return;
        if (whenNew === 'fail')
          throw new CommandError(
            13113,
            '$merge could not find a matching document in the target collection for at least one document in the source collection',
          );
        const { doc, bytes } = prepareInsert(each);
        access.insert(collection, bytes, doc);
        return;
      }
      if (whenMatched === 'keepExisting') return;
      if (whenMatched === 'fail') {
        throw new CommandError(11000, `E11000 duplicate key error collection: ${ns} index: _id_ dup key`, {
          extra: { keyPattern: { _id: 1 }, keyValue: { _id: each['_id'] ?? null } },
        });
      }
      access.claim(collection, hit.record);
      const before = decode(hit.bytes);
      const after = merged(before, each, whenMatched);
      access.replace(collection, hit.record, before, hit.bytes, after, encode(after));
    }
  };
}

function merged(before: Doc, each: Doc, mode: Value): Doc {
  if (Array.isArray(mode)) {
    const result = compileUpdatePipeline(
      mode,
      new Map<string, Value | undefined>([['new', each]]),
    )(clone(before));
    return { _id: before['_id']!, ...result };
  }
  if (mode === 'replace') return { _id: before['_id']!, ...each };
  const result: Doc = { ...before };
  for (const key of Object.keys(each)) setField(result, key, each[key]!);
  return result;
}

function checkUnique(collection: Collection | undefined, on: string[]): void {
  if (on.length === 1 && on[0] === '_id') return;
  const covered = collection?.indexes.some(
    (index) =>
      index.unique &&
      !index.partial &&
      index.paths.length === on.length &&
      on.every((path) => index.paths.includes(path)),
  );
  if (!covered) throw new CommandError(51183, 'Cannot find index to verify that join fields will be unique');
}
