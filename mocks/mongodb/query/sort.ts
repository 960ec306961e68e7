import { compare } from '../bson/compare.ts';
import {
  asNumber,
  BsonUndefined,
  type Doc,
  getField,
  isDocument,
  isNumeric,
  type Value,
} from '../bson/value.ts';
import { badValue, CommandError, notImplemented } from '../errors.ts';
import { isPosition } from './path.ts';
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
    if (path === '') throw badValue('FieldPath cannot be constructed with empty string');
    return { path, direction };
  });
}

/** The values a document is sorted by: of an array the least element ascending, the greatest descending. */
export function sortKey(doc: Doc, sort: Sort): Value[] {
  return sort.map(({ path, direction }) => {
    if (!path.includes('.')) {
      const value = getField(doc, path);
      if (value === undefined) return null;
      const found: Value = value;
      return Array.isArray(found) ? extreme(found, direction) : found;
    }
    const found: Value[] = [];
    collect(doc, path.split('.'), 0, found);
    return found.length === 1 ? found[0]! : extreme(found, direction);
  });
}

function extreme(values: Value[], direction: number): Value {
  if (values.length === 0) return BsonUndefined.instance;
  let best: Value = values[0]!;
  for (const value of values) if (compare(value, best) * direction < 0) best = value;
  return best;
}

function collect(value: Value | undefined, parts: string[], at: number, found: Value[]): void {
  if (at === parts.length) {
    if (Array.isArray(value)) {
      if (value.length === 0) found.push(BsonUndefined.instance);
      found.push(...value);
    } else found.push(value ?? null);
    return;
  }
  if (isDocument(value)) {
    collect(getField(value, parts[at]!), parts, at + 1, found);
    return;
  }
  if (!Array.isArray(value)) {
    found.push(null);
    return;
  }
  if (isPosition(parts[at]!) && value[Number(parts[at])] !== undefined) {
    collect(value[Number(parts[at])], parts, at + 1, found);
    return;
  }
  if (value.length === 0) found.push(null);
  for (const item of value) {
    if (isDocument(item)) collect(item, parts, at, found);
    else found.push(null);
  }
}
