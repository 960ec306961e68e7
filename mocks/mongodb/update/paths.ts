import { compareStrings } from '../bson/compare.ts';
import { show } from '../bson/show.ts';
import { type Doc, getField, isDocument, setField, type Value } from '../bson/value.ts';
import { badValue, CommandError } from '../errors.ts';
import { isPosition } from '../query/path.ts';

/** The largest index an update may extend an array to. */
const maxPadding = 1_500_000;

export function splitPath(path: string): string[] {
  const parts = path.split('.');
  if (parts.includes('')) {
    if (path === '') throw new CommandError(56, 'An empty update path is not valid.');
    throw new CommandError(
      56,
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  return parts;
}

/** MongoDB's order of applying: field names by bytes, array positions by number. */
export function comparePaths(a: string[], b: string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (x === y) continue;
    if (isPosition(x) && isPosition(y)) return Number(x) - Number(y);
    return compareStrings(x, y);
  }
  return a.length - b.length;
}

export function readPath(doc: Doc, parts: string[]): Value | undefined {
  let value: Value | undefined = doc;
  for (const part of parts) {
    if (isDocument(value)) value = getField(value, part);
    else if (Array.isArray(value)) value = isPosition(part) ? value[Number(part)] : undefined;
    else return undefined;
    if (value === undefined) return undefined;
  }
  return value;
}

/** Sets the value at the path, making documents on the way where nothing is. */
export function writePath(doc: Doc, parts: string[], value: Value): void {
  let container: Doc | Value[] = doc;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    const last = i === parts.length - 1;
    if (Array.isArray(container)) {
      if (!isPosition(part)) throw notViable(parts, i, container);
      const position = Number(part);
      if (position >= container.length) pad(container, position);
      if (last) container[position] = value;
      else
        container = step(
          container[position],
          (made) => {
            (container as Value[])[position] = made;
          },
          parts,
          i + 1,
        );
      continue;
    }
    if (last) setField(container, part, value);
    else {
      const holder: Doc = container;
      container = step(getField(holder, part), (made) => setField(holder, part, made), parts, i + 1);
    }
  }
}

function step(
  next: Value | undefined,
  make: (made: Doc) => void,
  parts: string[],
  at: number,
): Doc | Value[] {
  if (next === undefined) {
    const made: Doc = {};
    make(made);
    return made;
  }
  if (isDocument(next) || Array.isArray(next)) return next;
  throw notViable(parts, at, next);
}

function pad(list: Value[], position: number): void {
  if (position - list.length > maxPadding) throw badValue(`can't backfill more than ${maxPadding} elements`);
  while (list.length < position) list.push(null);
  // The new element itself is undefined until it is written, so that what is made there is a document.
  if (list.length === position) list.length = position + 1;
}

function notViable(parts: string[], at: number, value: Value): CommandError {
  const holder = parts[at - 1] ?? '';
  return new CommandError(28, `Cannot create field '${parts[at]}' in element {${holder}: ${show(value)}}`);
}

/** Removes a field; an array element becomes null, as in MongoDB. */
export function removePath(doc: Doc, parts: string[]): void {
  const container = parts.length === 1 ? doc : readPath(doc, parts.slice(0, -1));
  const last = parts.at(-1)!;
  if (isDocument(container)) delete container[last];
  else if (Array.isArray(container) && isPosition(last) && Number(last) < container.length)
    container[Number(last)] = null;
}

/** Modifiers that change only what is there still refuse a path that runs through a scalar or past an array's positions. */
export function checkViable(doc: Doc, parts: string[]): void {
  let value: Value | undefined = doc;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (isDocument(value)) value = getField(value, part);
    else if (Array.isArray(value) && isPosition(part)) value = value[Number(part)];
    else {
      throw new CommandError(
        28,
        `Cannot use the part (${part}) of (${parts.join('.')}) to traverse the element ({${parts[i - 1] ?? ''}: ${show(value)}})`,
      );
    }
    if (value === undefined) return;
  }
}
