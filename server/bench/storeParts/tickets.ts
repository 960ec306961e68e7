/** The documents of the store's bench: queue tickets as the hall keeps them, made from their number alone. */
export interface Ticket {
  readonly _id: number;
  readonly code: string;
  readonly hall: string;
  readonly at: Date;
  readonly calls: number;
  readonly status: string;
  readonly matter: string;
  readonly note: string;
}

export const HALLS = 50;
/** Hash-like order of codes, so that neighbours in time are no neighbours in the index, as with real codes. */
const SCATTER = 2654435761;
const FIRST_AT = Date.UTC(2025, 0, 1);

export const codeOf = (no: number): string =>
  `T${((no * SCATTER) % 4294967296).toString(36).padStart(7, '0')}`;
export const hallOf = (no: number): string => `hall-${no % HALLS}`;
export const atOf = (no: number): Date => new Date(FIRST_AT + no * 30_000);

export function ticketOf(no: number): Ticket {
  return {
    _id: no,
    code: codeOf(no),
    hall: hallOf(no),
    at: atOf(no),
    calls: no % 4,
    status: no % 10 === 0 ? 'waiting' : 'done',
    matter: `matter-${no % 300}`,
    note: `Ticket ${no}, taken at the desk, called to a window and served there.`,
  };
}

/** The indexes of the tickets beside `_id`. */
export const ticketIndexes = [
  { key: { code: 1 as const }, name: 'code', unique: true },
  { key: { hall: 1 as const, at: -1 as const }, name: 'hall_at' },
];
