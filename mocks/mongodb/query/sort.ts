import { compare } from '../bson/compare.ts';
import { asNumber, type Doc, getField, isDocument, isNumeric, type Value } from '../bson/value.ts';
import { badValue, CommandError, notImplemented } from '../errors.ts';
import { keysOf } from '../storage/indexKeys.ts';
import type { Sort } from './plan.ts';

export function parseSort(spec: Value | undefined): Sort {
  if (spec === undefined || spec === null) return [];
  if (!isDocument(spec)) throw new CommandError(14, 'Expected field sort to be of type object');
  return Object.keys(spec).map((path) => {
    const value = spec[path]!;
    if (isDocument(value)) throw notImplemented('sort by $meta');
    if (!isNumeric(value))
      throw new CommandError(15974, `Illegal key in $sort specification: ${path}: ${String(value)}`);
    const direction = asNumber(value);
    if (direction !== 1 && direction !== -1)
      throw new CommandError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    if (path === '') throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
    if (path === '$natural' && Object.keys(spec).length > 1) {
      throw badValue(
        '$natural sort cannot be set to a value other than -1 or 1, nor be combined with other fields',
      );
    }
    return { path, direction };
  });
}

/** The values a document is sorted by: of an array the least element ascending, the greatest descending. */
export function sortKey(doc: Doc, sort: Sort): Value[] {
  if (sort.length === 1) {
    const value = getField(doc, sort[0]!.path);
    // Sorting by _id alone takes even an array as it is, as MongoDB's _id index does.
    if (value !== undefined && (!Array.isArray(value) || sort[0]!.path === '_id')) return [value];
  }
  const tuples = tuplesOf(doc, sort);
  let best = tuples[0]!;
  for (const tuple of tuples) if (compareKeys(tuple, best, sort) < 0) best = tuple;
  return best;
}

function tuplesOf(doc: Doc, sort: Sort): Value[][] {
  try {
    return keysOf(
      doc,
      sort.map(({ path }) => path),
      false,
    ).values;
  } catch (error) {
    if (error instanceof CommandError && error.code === 171)
      throw badValue('cannot sort with keys that are parallel arrays');
    throw error;
  }
}

/** The order of two documents' sort keys. */
export function compareKeys(a: Value[], b: Value[], sort: Sort): number {
  for (let i = 0; i < sort.length; i++) {
    const order = compare(a[i]!, b[i]!) * sort[i]!.direction;
    if (order !== 0) return order;
  }
  return 0;
}
