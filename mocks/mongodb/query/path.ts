import { type Doc, getField, isDocument, type Value } from '../bson/value.ts';

export interface Found {
  /** Index of the element of the outermost array that matched. */
  index: number | undefined;
}

export function isPosition(part: string): boolean {
  return /^(0|[1-9]\d*)$/.test(part);
}

/**
 * Whether any value a path leads to passes the test. Arrays on the way are entered (documents in them, and a numeric
 * part as a position); at the end an array is tested as a whole and, with `expand`, element by element. A missing
 * field is tested as undefined, except inside an array that has no documents.
 */
export function walkPath(
  value: Value,
  parts: string[],
  at: number,
  test: (value: Value | undefined) => boolean,
  expand: boolean,
  found: Found,
): boolean {
  if (at === parts.length) return testEnd(value, test, expand, found);
  if (isDocument(value)) {
    const next = getField(value, parts[at]!);
    if (next === undefined) return test(undefined);
    return walkPath(next, parts, at + 1, test, expand, found);
  }
  if (!Array.isArray(value)) return test(undefined);
  const part = parts[at]!;
  if (isPosition(part)) {
    const item = value[Number(part)];
    if (item !== undefined) {
      // At the end, the element a position names is tested as it is, not spread out; before the end, a plain
      // value has nothing below it, not even a missing field.
      if (
        at + 1 === parts.length
          ? test(item)
          : isEntered(item) && walkPath(item, parts, at + 1, test, expand, found)
      ) {
        return true;
      }
    }
  }
  for (let i = 0; i < value.length; i++) {
    const item = value[i]!;
    if (isDocument(item) && walkPath(item, parts, at, test, expand, found)) {
      found.index = i;
      return true;
    }
  }
  return false;
}

function isEntered(item: Value): boolean {
  return isDocument(item) || Array.isArray(item);
}

function testEnd(
  value: Value,
  test: (value: Value | undefined) => boolean,
  expand: boolean,
  found: Found,
): boolean {
  if (expand && Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      if (test(value[i]!)) {
        found.index = i;
        return true;
      }
    }
  }
  return test(value);
}

/** Plain look-up without entering arrays, for update paths and sort keys. */
export function lookup(doc: Doc, parts: string[]): Value | undefined {
  let value: Value | undefined = doc;
  for (const part of parts) {
    if (isDocument(value)) value = getField(value, part);
    else if (Array.isArray(value) && isPosition(part)) value = value[Number(part)];
    else return undefined;
    if (value === undefined) return undefined;
  }
  return value;
}
