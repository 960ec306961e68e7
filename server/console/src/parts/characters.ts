const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** How many characters a reader sees: 「👨‍👩‍👧」 is one, a flag is one, 「é」 is one however it is composed. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}
