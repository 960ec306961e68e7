import { GovernmentError } from './governmentError.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * JSON of systems that are careless about it: a byte order mark, raw control characters inside texts, whole numbers beyond
 * 2^53 (kept as text, digit by digit), and a page of HTML with status 200 where data should be, which is an outage.
 * Throws GovernmentError `down`.
 */
export function parseTolerant(system: string, text: string): Json {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (trimmed.startsWith('<')) {
    throw new GovernmentError(system, 'down', 'a page came instead of data', { code: 'HTML' });
  }
  try {
    return JSON.parse(repaired(trimmed)) as Json;
  } catch {
    throw new GovernmentError(system, 'down', 'the answer is not JSON', { code: 'not JSON' });
  }
}

/** Works outside and inside of texts separately: long numbers are quoted, control characters are escaped or dropped. */
const repaired = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\[\s\S])*"|-?\d{16,}(?![\d.eE])/g, (token) =>
    token.startsWith('"') ? escapedControls(token) : `"${token}"`,
  );

const escapedControls = (token: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be found
  token.replace(/[\u0000-\u001f\u007f]/g, (control) =>
    control === '\n' ? '\\n' : control === '\t' ? '\\t' : '',
  );

type JsonObject = { readonly [key: string]: Json };

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field whose capitals vary between calls (`custom`, `CUSTOM`) and whose name may carry blanks (`"version "`). */
export function pick(value: Json | undefined, name: string): Json | undefined {
  if (!isObject(value)) return undefined;
  if (name in value) return value[name];
  const wanted = name.toLowerCase();
  const key = Object.keys(value).find((each) => each.trim().toLowerCase() === wanted);
  return key === undefined ? undefined : value[key];
}

/** A field as text: numbers become text, `"-1"`, `"null"` and blanks mean nothing. */
export function pickText(value: Json | undefined, name: string): string | null {
  const found = pick(value, name);
  if (typeof found !== 'string' && typeof found !== 'number') return null;
  const text = String(found).trim();
  return text === '' || text === '-1' || text.toLowerCase() === 'null' ? null : text;
}

export function pickList(value: Json | undefined, name: string): readonly Json[] {
  const found = pick(value, name);
  return Array.isArray(found) ? found : [];
}
