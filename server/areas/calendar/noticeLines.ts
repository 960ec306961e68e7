/** One holiday of a notice: its name, and in the notice's words when one rests and which weekend days are worked. */
export interface NoticeLine {
  /** From 1, as the person who pasted it sees it. */
  readonly line: number;
  readonly name: string;
  readonly rest: string;
  readonly makeUp: string;
}

const prose = /^(?:[一二三四五六七八九十]+、|\d+[.、．])?\s*([一-龥、]{2,9})\s*[：:]\s*(.*\d.*)$/;
const heading = /^(节日|名称|假期|节假日)/;

/**
 * The lines of a pasted notice or table. A table has a holiday a line: name, days of rest, worked days; cells parted by
 * tabs (as Excel and Word paste them), commas or bars. The notice's own sentences are taken as well:
 * 「二、春节：2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。」
 */
export function noticeLines(text: string): NoticeLine[] {
  const lines: NoticeLine[] = [];
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim();
    if (line === '' || heading.test(line)) continue;
    const said = prose.exec(line);
    lines.push({ line: index + 1, ...(said ? fromProse(said[1]!, said[2]!) : fromCells(line)) });
  }
  return lines;
}

function fromProse(name: string, text: string): Omit<NoticeLine, 'line'> {
  const sentences = text.split(/[。；;]/).filter((each) => /\d/.test(each));
  const worked = (sentence: string): boolean => sentence.includes('上班');
  return {
    name,
    rest: sentences.filter((each) => !worked(each)).join('、'),
    makeUp: sentences.filter(worked).join('、'),
  };
}

function fromCells(line: string): Omit<NoticeLine, 'line'> {
  const separator = line.includes('\t') ? /\t/ : /[,，|｜]/;
  const [name = '', rest = '', ...worked] = line
    .split(separator)
    .map((cell) => cell.replace(/^\s*"|"\s*$/g, '').trim());
  return { name, rest, makeUp: worked.filter((cell) => cell !== '').join('、') };
}
