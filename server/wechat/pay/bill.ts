import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { fenOf } from '../../kernel/money.ts';
import { PayError } from './errors.ts';
import type { BillRow } from './port.ts';

/**
 * Reads a trade bill: comma-separated, each value after a back-tick, amounts in yuan, Beijing time, a closing pair of
 * lines with totals. Throws when the hash or the totals do not agree: half a bill must not be reconciled.
 */
export function readBill(file: Buffer, sha1: string): readonly BillRow[] {
  const bytes = file[0] === 0x1f && file[1] === 0x8b ? gunzipSync(file) : file;
  if (createHash('sha1').update(bytes).digest('hex') !== sha1.toLowerCase())
    throw new PayError('unknown', 'the bill’s hash differs', 'bill');
  const lines = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter(Boolean);
  const columns = (lines[0] ?? '').split(',');
  const at = (name: string): number => {
    const index = columns.indexOf(name);
    if (index < 0) throw new PayError('refused', `the bill has no column ${name}`, 'bill');
    return index;
  };
  const [time, ours, theirs, state, paid] = [
    at('交易时间'),
    at('商户订单号'),
    at('微信订单号'),
    at('交易状态'),
    at('订单金额'),
  ];
  const [refundOurs, refundTheirs, refundState, refunded] = [
    at('商户退款单号'),
    at('微信退款单号'),
    at('退款状态'),
    at('申请退款金额'),
  ];
  const end = lines.findIndex((line) => line.startsWith('总交易单数'));
  if (end < 0 || !lines[end + 1]) throw new PayError('unknown', 'the bill has no totals', 'bill');
  const rows = lines.slice(1, end).map((line): BillRow => {
    const cells = cellsOf(line);
    const isRefund = cells[state] === 'REFUND';
    return {
      kind: isRefund ? 'refund' : 'payment',
      outTradeNo: cells[ours]!,
      transactionId: cells[theirs]!,
      outRefundNo: isRefund ? cells[refundOurs]! : null,
      refundId: isRefund ? cells[refundTheirs]! : null,
      refundStatus: isRefund ? cells[refundState]! : null,
      amount: amountOf(cells[isRefund ? refunded : paid]!),
      at: new Date(`${cells[time]!.replace(' ', 'T')}+08:00`),
    };
  });
  checkTotals(rows, lines[end]!.split(','), cellsOf(lines[end + 1]!));
  return rows;
}

function checkTotals(rows: readonly BillRow[], names: readonly string[], totals: readonly string[]): void {
  const total = (name: string): string => totals[names.indexOf(name)] ?? '';
  const sum = (kind: BillRow['kind']): number =>
    rows.filter((each) => each.kind === kind).reduce((all, each) => all + each.amount, 0);
  const agrees =
    Number(total('总交易单数')) === rows.length &&
    amountOf(total('订单总金额')) === sum('payment') &&
    amountOf(total('申请退款总金额')) === sum('refund');
  if (!agrees) throw new PayError('unknown', 'the bill’s totals differ from its lines', 'bill');
}

const cellsOf = (line: string): string[] => line.split(',').map((cell) => cell.replace(/^`/, ''));

function amountOf(yuan: string): number {
  const fen = fenOf(yuan);
  if (fen === null) throw new PayError('refused', `not an amount: ${yuan.slice(0, 20)}`, 'bill');
  return fen;
}
