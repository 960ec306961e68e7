import type { BillOwner } from '../../areas/payments/port.ts';
import { type NoteReference, readNote } from './noteNumber.ts';
import type { NonTax } from './port.ts';

/** `<unit>-<number>` of an old-style note, or a payment code alone. */
const referenceOf = (number: string): NoteReference => {
  const [first = '', second] = number.split('-');
  return second === undefined
    ? { kind: 'payCode', code: first }
    : { kind: 'note', unit: first, number: second };
};

/** The treasury as an owner of bills. */
export const noteBills = (nonTax: NonTax): BillOwner => ({
  kind: 'nonTax',
  read(text, unit) {
    const read = readNote(text, unit);
    if (read === 'unitMissing') return read;
    if (typeof read === 'string') return 'unreadable';
    return { number: read.kind === 'note' ? `${read.unit}-${read.number}` : read.code };
  },
  async find(number) {
    const note = await nonTax.find(referenceOf(number));
    if (!note) return null;
    return {
      kind: 'nonTax',
      number,
      title: note.items[0]?.name ?? '非税缴款',
      payer: `${note.payer} · ${note.unitName}`,
      lines: [...note.items, ...(note.lateFee > 0 ? [{ name: '滞纳金', amount: note.lateFee }] : [])],
      amount: note.amount,
      state: note.state,
      note: null,
    };
  },
  async confirm({ number, ...paid }) {
    const booked = await nonTax.book({ reference: referenceOf(number), ...paid });
    return booked === 'elsewhere'
      ? { taken: false, reason: '已在其他渠道缴款' }
      : { taken: true, receiptNumber: booked.receiptNumber };
  },
  async dayFile(day) {
    const rows = await nonTax.dayFile(day);
    return rows?.map((each) => ({ billNumber: each.number, ...each })) ?? null;
  },
});
