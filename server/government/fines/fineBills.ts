import type { BillOwner } from '../../areas/payments/port.ts';
import type { Fines } from './port.ts';

/** The traffic police as an owner of bills. */
export const fineBills = (fines: Fines): BillOwner => ({
  kind: 'fine',
  read(text) {
    const number = text.replace(/[\s-]/g, '');
    return /^\d{15,16}$/.test(number) ? { number } : 'unreadable';
  },
  async find(number) {
    const fine = await fines.find(number);
    if (fine === null || fine === 'notYet') return null;
    return {
      kind: 'fine',
      number: fine.decisionNumber,
      title: '交通违法罚款',
      payer: `${fine.person} ${fine.plate}`,
      lines: [
        { name: fine.offence, amount: fine.principal },
        ...(fine.lateFee > 0 ? [{ name: '加处罚款（滞纳金）', amount: fine.lateFee }] : []),
      ],
      amount: fine.principal + fine.lateFee,
      state: fine.paid ? 'paid' : 'due',
      note: noteOf(fine),
    };
  },
  async confirm({ number, paymentId, transactionId, amount, paidAt }) {
    const booked = await fines.book({ decisionNumber: number, paymentId, transactionId, amount, paidAt });
    return booked === 'elsewhere'
      ? { taken: false, reason: '已在其他渠道缴款' }
      : { taken: true, receiptNumber: booked.receiptNumber };
  },
  async dayFile(day) {
    const rows = await fines.dayFile(day);
    return rows?.map((each) => ({ billNumber: each.decisionNumber, ...each })) ?? null;
  },
});

function noteOf({
  payBy,
  lateFee,
  principal,
  paid,
}: Awaited<ReturnType<Fines['find']>> & object): string | null {
  if (paid) return null;
  if (lateFee >= principal) return '加处罚款已到上限，不再增加';
  const day = `${Number(payBy.slice(5, 7))}月${Number(payBy.slice(8))}日`;
  return lateFee > 0 ? `${day}起每天加收罚款的3%` : `请在${day}前缴清，之后每天加收罚款的3%`;
}
