import { compare } from '../bson/compare.ts';
import { BsonUndefined, type Doc, getField, isDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';

const isPosition = (part: string) => /^(0|[1-9]\d*)$/.test(part);

/**
 * The compound keys of a document. An array on a path gives a key for each element (multikey); two of the index's
 * paths may go through the same array, not through different ones (171).
 */
export function keysOf(
  doc: Doc,
  paths: string[],
  sparse: boolean,
): { values: Value[][]; multikey: boolean[] } {
  if (paths.length === 1 && !paths[0]!.includes('.')) return singleKeys(doc, paths[0]!, sparse);
  const multikey = paths.map(() => false);
  const values = expand(
    paths.map((path) => ({ value: doc as Value | undefined, rest: path.split('.'), settled: false })),
    multikey,
  );
  const kept = sparse ? values.filter((value) => value.some((item) => item !== undefined)) : values;
  return { values: unique(kept.map((value) => value.map((item) => item ?? null))), multikey };
}

function singleKeys(doc: Doc, path: string, sparse: boolean): { values: Value[][]; multikey: boolean[] } {
  const value = getField(doc, path);
  if (value === undefined) return { values: sparse ? [] : [[null]], multikey: [false] };
  if (!Array.isArray(value)) return { values: [[value]], multikey: [false] };
  if (value.length === 0) return { values: [[BsonUndefined.instance]], multikey: [true] };
  return { values: unique(value.map((item) => [item])), multikey: [true] };
}

interface Walk {
  value: Value | undefined;
  rest: string[];
  settled: boolean;
}

/** Walks all paths at once down to the first array, and multiplies over its elements. */
function expand(walks: Walk[], multikey: boolean[]): (Value | undefined)[][] {
  let array: Value[] | undefined;
  const through: number[] = [];
  const steps = walks.map((walk, i) => {
    let { value, rest } = walk;
    if (walk.settled) return walk;
    for (;;) {
      if (Array.isArray(value)) {
        const position = rest[0] !== undefined && isPosition(rest[0]) ? Number(rest[0]) : -1;
        // A number on the path is a position, unless the elements are documents with such a field.
        if (position >= 0 && !value.some((item) => isDocument(item) && Object.hasOwn(item, rest[0]!))) {
          value = value[position];
          rest = rest.slice(1);
          if (rest.length === 0 && !Array.isArray(value)) return { value, rest, settled: true };
          continue;
        }
        if (array !== undefined && array !== value) {
          throw new CommandError(171, `cannot index parallel arrays [${rest[0] ?? ''}]`);
        }
        array = value;
        through.push(i);
        return { value, rest, settled: false };
      }
      if (rest.length === 0) return { value, rest, settled: true };
      if (!isDocument(value)) return { value: undefined, rest: [], settled: true };
      value = getField(value, rest[0]!);
      rest = rest.slice(1);
    }
  });
  if (array === undefined) return [steps.map((step) => step.value)];
  for (const i of through) multikey[i] = true;
  if (array.length === 0) {
    return expand(
      steps.map((step, i) =>
        through.includes(i)
          ? { value: step.rest.length === 0 ? BsonUndefined.instance : undefined, rest: [], settled: true }
          : step,
      ),
      multikey,
    );
  }
  return array.flatMap((item) =>
    expand(
      steps.map((step, i) => {
        if (!through.includes(i)) return step;
        // An array inside the array is a value, not walked into again.
        const settled = step.rest.length === 0 || Array.isArray(item);
        return {
          value: step.rest.length > 0 && Array.isArray(item) ? undefined : item,
          rest: settled ? [] : step.rest,
          settled,
        };
      }),
      multikey,
    ),
  );
}

function unique(values: Value[][]): Value[][] {
  if (values.length < 2) return values;
  const sorted = [...values].sort(compareTuples);
  return sorted.filter((value, i) => i === 0 || compareTuples(sorted[i - 1]!, value) !== 0);
}

function compareTuples(a: Value[], b: Value[]): number {
  for (let i = 0; i < a.length; i++) {
    const order = compare(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return 0;
}
