import type { BillOwner } from '../../areas/payments/port.ts';
import type { Utilities, UtilityKind } from './port.ts';

const titles: Readonly<Record<UtilityKind, string>> = { electricity: '电费', gas: '燃气费' };
/** 南方电网 16 digits, the gas company 10. */
const accounts: Readonly<Record<UtilityKind, RegExp>> = { electricity: /^\d{16}$/, gas: /^\d{10}$/ };
const units: Readonly<Record<UtilityKind, string>> = { electricity: '度', gas: '立方米' };

/**
 * A household's arrears as a bill. Its number is the account with the newest unpaid month (`0801180000000017-202610`): next
 * month's is another bill, this month's is paid once. An account alone means its present bill.
 */
export const utilityBills = (utilities: Utilities, kind: UtilityKind): BillOwner => ({
  kind,
  read(text) {
    const number = text.replace(/\s/g, '');
    return accounts[kind].test(number.split('-')[0]!) ? { number } : 'unreadable';
  },
  async find(number) {
    const [account = '', month] = number.split('-');
    const found = await utilities.account(kind, account);
    if (!found) return null;
    const unpaid = found.months.filter(({ paid }) => !paid);
    const newest = unpaid[0] ?? found.months[0];
    const present = newest?.month.replace('-', '') ?? '000000';
    const due = Math.max(0, found.arrears + found.lateFee - found.balance);
    return {
      kind,
      number: `${found.number}-${month ?? present}`,
      title: titles[kind],
      payer: `${found.name} ${found.address}`,
      lines: [
        ...unpaid.map(({ month: of, usage, amount }) => ({
          name: `${Number(of.slice(5))}月 ${usage} ${units[kind]}`,
          amount,
        })),
        ...(found.lateFee > 0 ? [{ name: '违约金', amount: found.lateFee }] : []),
      ],
      amount: due,
      // An older month than the present one has been paid with it.
      state: due > 0 && (month === undefined || month === present) ? 'due' : 'paid',
      note: found.lateFee > 0 ? '逾期每天加收欠费的1‰违约金' : null,
    };
  },
  async confirm({ number, ...paid }) {
    const booked = await utilities.book({ kind, number: number.split('-')[0]!, ...paid });
    return booked === 'elsewhere'
      ? { taken: false, reason: '已在其他渠道缴清' }
      : { taken: true, receiptNumber: booked.receiptNumber };
  },
  async dayFile(day) {
    const rows = await utilities.dayFile(kind, day);
    return rows?.map((each) => ({ billNumber: each.number, ...each })) ?? null;
  },
});
