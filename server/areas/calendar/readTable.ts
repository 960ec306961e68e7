import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { HallError } from '../../kernel/http/hallError.ts';
import { calendarErrors } from './contract.ts';

const bytesLimit = 256 * 1024;
const rowLimit = 60;
const cellLimit = 8;

/**
 * An uploaded table as text that can be looked at and mended: the first sheet of an Excel file, a cell a tab; or a CSV or text
 * file in UTF-8 or GB 18030. Only `application/octet-stream` is taken: a page elsewhere cannot send that in a member of
 * staff's name without the browser asking first. Errors: `unreadable`.
 */
export async function readTable(request: IncomingMessage, contentType: string): Promise<string> {
  if (!contentType.startsWith('application/octet-stream')) throw new HallError(calendarErrors.unreadable);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bytesLimit) throw new HallError(calendarErrors.unreadable);
    chunks.push(chunk);
  }
  return tableText(Buffer.concat(chunks));
}

export async function tableText(bytes: Buffer): Promise<string> {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return excelText(bytes);
  if (bytes.includes(0)) throw new HallError(calendarErrors.unreadable);
  const text = decoded(bytes)
    .replace(/^\uFEFF/, '')
    .trim();
  if (text === '' || text.length > 8000) throw new HallError(calendarErrors.unreadable);
  return text;
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Row by row: a small file that unpacks into a huge one is left at the limit. */
async function excelText(bytes: Buffer): Promise<string> {
  const lines: string[] = [];
  try {
    const reader = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from([bytes]), {
      sharedStrings: 'cache',
      styles: 'cache', // a date is a number whose style says so
      worksheets: 'emit',
    });
    for await (const sheet of reader) {
      for await (const row of sheet) {
        const cells: string[] = [];
        for (let column = 1; column <= cellLimit; column++) cells.push(cellText(row.getCell(column)));
        lines.push(cells.join('\t').trimEnd());
        if (lines.length >= rowLimit) break;
      }
      break;
    }
  } catch {
    throw new HallError(calendarErrors.unreadable);
  }
  const text = lines.join('\n').trim();
  if (text === '') throw new HallError(calendarErrors.unreadable);
  return text.slice(0, 8000);
}

const cellText = ({ value, text }: ExcelJS.Cell): string =>
  value instanceof Date ? value.toISOString().slice(0, 10) : text.replace(/\s+/g, ' ').trim();
