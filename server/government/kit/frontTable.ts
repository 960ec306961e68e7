import { XMLParser } from 'fast-xml-parser';
import { GovernmentError } from './governmentError.ts';
import { escapeXml } from './xmlWriter.ts';

/** One row of a front-table exchange (前置机). Everything is text: `"01"` is not 1, and ids pass 2^53. */
export type FrontRow = Readonly<Record<string, string>>;

export interface FrontBatch {
  /** `EX_GDBS_SL` … */
  readonly table: string;
  readonly rows: readonly FrontRow[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => name === 'ROW',
});

/** `<?xml …?><DATA table="…"><ROW>…</ROW></DATA>`, as it travels inside a SOAP text or a file. */
export function writeBatch({ table, rows }: FrontBatch, encoding: 'UTF-8' | 'GBK' = 'UTF-8'): string {
  const body = rows
    .map((row) => {
      const fields = Object.entries(row).map(([name, value]) => {
        if (!/^[A-Z][A-Z0-9_]*$/.test(name)) throw new Error(`not a column: ${name}`);
        return `<${name}>${escapeXml(value)}</${name}>`;
      });
      return `<ROW>${fields.join('')}</ROW>`;
    })
    .join('');
  if (!/^[A-Z][A-Z0-9_]*$/.test(table)) throw new Error(`not a table: ${table}`);
  return `<?xml version="1.0" encoding="${encoding}"?><DATA table="${table}">${body}</DATA>`;
}

/** Throws GovernmentError `down` for anything that is no batch; declarations and entities are never taken. */
export function readBatch(system: string, xml: string): FrontBatch {
  const refuse = (code: string): GovernmentError =>
    new GovernmentError(system, 'down', 'the exchanged rows cannot be read', { code });
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw refuse('DOCTYPE');
  let data: unknown;
  try {
    data = (parser.parse(xml, true) as Record<string, unknown>)['DATA'];
  } catch {
    throw refuse('not XML');
  }
  if (typeof data !== 'object' || data === null) throw refuse('no DATA');
  const { '@table': table, ROW: rows } = data as { '@table'?: unknown; ROW?: unknown };
  if (typeof table !== 'string') throw refuse('no table');
  return {
    table,
    rows: (Array.isArray(rows) ? rows : []).map((row) =>
      Object.fromEntries(
        Object.entries((row ?? {}) as Record<string, unknown>).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : '',
        ]),
      ),
    ),
  };
}

/** What makes a row one row: reported again with a higher VERSION it replaces itself, the same VERSION changes nothing. */
export function rowKey(table: string, row: FrontRow): { readonly key: string; readonly version: number } {
  const version = Number(row['VERSION'] ?? '1');
  return { key: `${table}/${row['SBLSH_SHORT'] ?? ''}`, version: Number.isInteger(version) ? version : 1 };
}

/** The reply these peers understand: `<RESULT><CODE>0</CODE><MSG>成功</MSG></RESULT>`. */
export const writeResult = (code: string, message: string): string =>
  `<RESULT><CODE>${escapeXml(code)}</CODE><MSG>${escapeXml(message)}</MSG></RESULT>`;

/** Their reply to us: taken is `0` or `1` in CODE depending on the peer, or the word ok; so `good` is told by the caller. */
export function readResult(
  system: string,
  xml: string,
  good: readonly string[],
): { readonly ok: boolean; readonly code: string; readonly message: string } {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml))
    throw new GovernmentError(system, 'down', 'a DOCTYPE in the reply', { code: 'DOCTYPE' });
  let result: unknown;
  try {
    result = (parser.parse(xml, true) as Record<string, unknown>)['RESULT'];
  } catch {
    throw new GovernmentError(system, 'down', 'the reply is not XML', { code: 'not XML' });
  }
  const { CODE: code = '', MSG: message = '' } = (
    typeof result === 'object' && result !== null ? result : {}
  ) as {
    CODE?: unknown;
    MSG?: unknown;
  };
  return { ok: good.includes(String(code)), code: String(code), message: String(message) };
}
