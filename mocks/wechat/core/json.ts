import type { Json, JsonObject } from './errors.ts';
import { Refusal } from './errors.ts';

/** Compact JSON; bigints become bare digits, as WeChat prints 64-bit message ids. */
export function compactJson(value: Json): string {
  const text = JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? `\u0001${item}\u0001` : item,
  );
  return text.replace(/"\\u0001(\d+)\\u0001"/g, '$1');
}

/**
 * Reads a request body as WeChat does. 44002 when there is none, 47001 when it is not a JSON object. Integers
 * beyond 2^53 are kept as text so that a msg_id given back is the one that was handed out.
 */
export function parseBody(raw: Buffer): JsonObject {
  const text = raw.toString('utf8').trim();
  if (text === '') throw new Refusal(44002);
  let value: unknown;
  try {
    const long = /\d{16,}/.test(text);
    value = JSON.parse(long ? text.replace(/([:[,]\s*)(\d{16,})(?=\s*[,}\]])/g, '$1"$2"') : text);
  } catch {
    throw new Refusal(47001);
  }
  if (!isObject(value)) throw new Refusal(47001);
  return value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text field; a number is read as its digits, anything else as empty. */
export function textOf(object: JsonObject, key: string): string {
  const value = object[key];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}

/** A whole number, also when it was sent as text; otherwise undefined. */
export function integerOf(object: JsonObject, key: string): number | undefined {
  const value = object[key];
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

export function objectOf(object: JsonObject, key: string): JsonObject | undefined {
  const value = object[key];
  return isObject(value) ? value : undefined;
}

export function listOf(object: JsonObject, key: string): Json[] | undefined {
  const value = object[key];
  return Array.isArray(value) ? value : undefined;
}

/** A list of texts, or undefined when it is no list or holds anything else. */
export function textListOf(object: JsonObject, key: string): string[] | undefined {
  const list = listOf(object, key);
  if (!list?.every((item) => typeof item === 'string')) return undefined;
  return list as string[];
}
