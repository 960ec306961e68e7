import { isDocument } from '../../bson/value.ts';
import { failedToParse, notImplemented } from '../../errors.ts';
import type { StageCompiler } from '../stage.ts';

/** $collStats: the count only. */
export const collStats: StageCompiler = (spec, context) => {
  if (!isDocument(spec)) throw failedToParse('$collStats must take a nested object');
  for (const key of Object.keys(spec)) if (key !== 'count') throw notImplemented(`$collStats ${key}`);
  return {
    name: '$collStats',
    *apply() {
      yield {
        ns: context.collection?.namespace ?? '',
        localTime: new Date(),
        ...(spec['count'] ? { count: context.collection?.count ?? 0 } : {}),
      };
    },
  };
};

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
