import { typeOf } from './typeOf.ts';
import type { Doc, Value } from './value.ts';
import { isDocument } from './value.ts';

/** A value as MongoDB prints it in its messages. */
export function show(value: Value | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return Number.isInteger(value) && Math.abs(value) >= 2147483648 ? value.toExponential() : String(value);
    case 'bigint':
    case 'boolean':
      return String(value);
  }
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(show).join(', ')} ]`;
  if (isDocument(value)) return showFields(value);
  switch (typeOf(value)) {
    case 'double':
      return `${String(Number(value))}.0`;
    case 'date':
      return `new Date(${(value as Date).getTime()})`;
    case 'objectId':
      return `ObjectId('${String(value)}')`;
    case 'decimal':
      return `Decimal128('${String(value)}')`;
    case 'minKey':
      return 'MinKey';
    case 'maxKey':
      return 'MaxKey';
    case 'undefined':
      return 'undefined';
    default:
      return String(value);
  }
}

function showFields(doc: Doc): string {
  const names = Object.keys(doc);
  if (names.length === 0) return '{}';
  return `{ ${names.map((name) => `${name}: ${show(doc[name])}`).join(', ')} }`;
}
