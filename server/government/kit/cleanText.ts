const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };

/** One round of entities: `&lt;`, `&#60;`, `&#x3c;`. Unknown ones stay. */
const unescapeOnce = (text: string): string =>
  text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w{2,6});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return named[name.toLowerCase()] ?? whole;
    const point = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '';
  });

/**
 * Text of a government system as plain lines. These systems escape up to three times over, break lines with `<br>`, paste from
 * Word and leave control characters in. What leaves here is text, not HTML: whoever shows it escapes it as any text.
 */
export function cleanText(dirty: string | null | undefined): string {
  let text = dirty ?? '';
  for (let round = 0; round < 3; round++) {
    const next = unescapeOnce(text);
    if (next === text) break;
    text = next;
  }
  return text
    .replace(/<(script|style)\b[\s\S]*?(<\/\1\s*>|$)/gi, '')
    .replace(/<!--[\s\S]*?(-->|$)/g, '')
    .replace(/<\s*br\s*\/?>|<\/(p|div|li|tr|h[1-6])\s*>/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n]|\u2028|\u2029/gu, '')
    .replace(/[ \t\u00a0\u3000]+/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The same in one line. */
export const cleanLine = (dirty: string | null | undefined): string => cleanText(dirty).replace(/\n+/g, ' ');

/** 「1.…<br>2.…」 as a list, its numbering taken off. */
export const cleanList = (dirty: string | null | undefined): string[] =>
  cleanText(dirty)
    .split('\n')
    .map((line) => line.replace(/^\s*(\d{1,2}[.、．)）]|[（(]\d{1,2}[)）]|[①-⑳])\s*/, '').trim())
    .filter((line) => line !== '');
