import { typeOf } from '../bson/typeOf.ts';
import { asNumber, isNumeric, type Value } from '../bson/value.ts';

/** MongoDB's truth: false, null, missing and zero are false, all else is true. */
export function truthy(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return false;
  if (isNumeric(value)) return asNumber(value) !== 0;
  return typeOf(value) !== 'undefined';
}
