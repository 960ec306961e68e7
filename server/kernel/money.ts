/** 1230 fen is 「12.30」. */
export const yuanOf = (fen: number): string =>
  `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/** 「12.30」, 「12.3」 or 「12」 yuan is 1230 or 1200 fen, without passing through a fraction; null: not an amount. */
export function fenOf(yuan: string): number | null {
  const parts = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(yuan);
  return parts && Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0'));
}
