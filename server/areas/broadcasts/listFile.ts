import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';

/** One line of an uploaded list, with its number as the file's own program shows it. */
export interface ListLine {
  readonly line: number;
  readonly text: string;
}

export const listLimit = 100_000;
export class ListTooLong extends Error {}
export class ListUnreadable extends Error {}

/**
 * The first column of an Excel file, a CSV (UTF-8, or GB 18030 as Excel in China writes it), or pasted text. Empty lines
 * are left out and keep their number. Throws ListTooLong beyond 100,000 lines, ListUnreadable for what is none of these.
 */
export async function readListFile(bytes: Buffer): Promise<ListLine[]> {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return readExcel(bytes);
  if (bytes.subarray(0, 8192).includes(0)) throw new ListUnreadable('neither text nor Excel');
  const lines: ListLine[] = [];
  for (const [index, raw] of decoded(bytes)
    .split(/\r\n|\r|\n/)
    .entries()) {
    take(lines, index + 1, firstCell(raw));
  }
  return lines;
}

function take(lines: ListLine[], line: number, text: string): void {
  if (text === '') return;
  if (lines.length >= listLimit) throw new ListTooLong(`more than ${listLimit} lines`);
  lines.push({ line, text });
}

/** Of a CSV line only the first column counts. Quotes go; nobody's phone has a comma in it. */
const firstCell = (raw: string): string =>
  (raw.split(/[,;\t，]/, 1)[0] ?? '').replace(/^\s*"?|"?\s*$/g, '').trim();

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Read row by row: a small file that unpacks into a huge one is left at the limit, not held in memory. */
async function readExcel(bytes: Buffer): Promise<ListLine[]> {
  const lines: ListLine[] = [];
  try {
    const reader = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from([bytes]), {
      sharedStrings: 'cache',
      worksheets: 'emit',
    });
    for await (const sheet of reader) {
      for await (const row of sheet) take(lines, row.number, row.getCell(1).text.trim());
      break; // the first sheet is the list
    }
  } catch (error) {
    if (error instanceof ListTooLong) throw error;
    throw new ListUnreadable('not an Excel file');
  }
  return lines;
}
