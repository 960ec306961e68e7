/** Keeps `head` and `tail` characters and hides the rest, one star a character. Short texts are hidden whole. */
export function maskMiddle(text: string, head: number, tail: number): string {
  const characters = [...text];
  const hidden = characters.length - head - tail;
  if (hidden <= 0) return '*'.repeat(characters.length);
  return characters
    .map((character, i) => (i < head || i >= characters.length - tail ? character : '*'))
    .join('');
}
