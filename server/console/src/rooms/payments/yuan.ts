/** 1230 fen is 「12.30」, with commas between thousands. */
export const yuan = (fen: number): string =>
  `${Math.floor(fen / 100).toLocaleString('en-US')}.${String(fen % 100).padStart(2, '0')}`;
