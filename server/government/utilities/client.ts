import { newDigits } from '../../kernel/ids.ts';
import { fenOf, yuanOf } from '../../kernel/money.ts';
import { parseXml, textAt, type XmlNode } from '../../kernel/xml/parseXml.ts';
import { writeBeijingTime } from '../kit/beijingTime.ts';
import { encodeText } from '../kit/encoding.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { GovernmentHttp } from '../kit/http.ts';
import type { Actor, SystemGate } from '../kit/systemGate.ts';
import { writeXml, type XmlTree } from '../kit/xmlWriter.ts';
import type { Utilities, UtilityAccount, UtilityKind, UtilityMonth } from './port.ts';

const system = 'utilities';
const nobody = { kind: 'system' } as const satisfies Actor;
const paths: Readonly<Record<UtilityKind, string>> = { electricity: '/electric', gas: '/gas' };

/** The companies' front end: one address each, XML in GBK both ways, a transaction code in the head. */
export function createUtilities(options: { readonly base: string; readonly gate: SystemGate }): Utilities {
  const { gate } = options;
  const http = new GovernmentHttp(system, options.base);

  const ask = async (
    kind: UtilityKind,
    code: string,
    body: XmlTree,
    signal: AbortSignal,
  ): Promise<XmlNode> => {
    const xml = `<?xml version="1.0" encoding="GBK"?>${writeXml({
      ROOT: { HEAD: { TXCODE: code, SERIAL: newDigits(12) }, BODY: body },
    })}`;
    const answer = await http.call({
      method: 'POST',
      target: paths[kind],
      headers: { 'content-type': 'text/xml; charset=GBK' },
      body: encodeText(xml, 'gbk').bytes,
      signal,
    });
    let root: XmlNode | undefined;
    try {
      root = parseXml(answer.text.replace(/^<\?xml[^>]*\?>/, ''))['ROOT'];
    } catch {
      throw shapeless();
    }
    const ret = textAt(root, 'HEAD', 'RET');
    if (ret === '0000') return root!;
    throw refusal(ret, textAt(root, 'HEAD', 'MSG'));
  };

  const client: Utilities = {
    async account(kind, number) {
      const answered = await gate.call({
        operation: 'account',
        actor: nobody,
        purpose: '查询水电气账单',
        args: { kind, account: `…${number.slice(-4)}` },
        repeatable: true,
        run: (signal) =>
          ask(kind, '1001', { YHBH: number }, signal).then(
            (root) => accountFrom(kind, root),
            (error: unknown) => {
              if (isCode(error, '1001', '1003')) return null;
              throw error;
            },
          ),
      });
      return answered.value;
    },

    async holds(kind, number, lastCharacter) {
      const answered = await gate.call({
        operation: 'holds',
        actor: nobody,
        purpose: '绑定缴费户号',
        args: { kind, account: `…${number.slice(-4)}` },
        repeatable: true,
        run: (signal) =>
          ask(kind, '1002', { YHBH: number, YHMC: lastCharacter }, signal).then(
            () => true,
            (error: unknown) => {
              if (isCode(error, '1001', '1002', '1003')) return false;
              throw error;
            },
          ),
      });
      return answered.value;
    },

    async book(payment) {
      const answered = await gate.call({
        operation: 'book',
        actor: nobody,
        purpose: '公用事业缴费入账',
        args: { payment: payment.paymentId },
        // The company knows a payment by our number: the same again is the same.
        repeatable: true,
        run: async (signal) => {
          const body = {
            YHBH: payment.number,
            DDBH: payment.paymentId,
            ZFLSH: payment.transactionId,
            JFJE: yuanOf(payment.amount),
            JFSJ: writeBeijingTime(payment.paidAt),
          };
          try {
            const receiptNumber = textAt(await ask(payment.kind, '2001', body, signal), 'BODY', 'PJHM');
            if (!receiptNumber) throw shapeless();
            return { receiptNumber };
          } catch (error) {
            if (isCode(error, '2001')) return 'elsewhere' as const;
            throw error;
          }
        },
      });
      return answered.value;
    },

    async dayFile(kind, day) {
      const answered = await gate.call({
        operation: 'dayFile',
        actor: nobody,
        purpose: '缴费对账',
        args: { kind, day },
        repeatable: true,
        run: async (signal) => {
          try {
            const root = await ask(kind, '3001', { RQ: day.replaceAll('-', '') }, signal);
            const rows = listAt(root, 'BODY', 'LIST', 'ITEM').map((item) => ({
              number: textAt(item, 'YHBH'),
              transactionId: textAt(item, 'ZFLSH'),
              amount: amountOf(textAt(item, 'JFJE')),
            }));
            if (Number(textAt(root, 'BODY', 'BS')) !== rows.length) throw shapeless();
            return rows;
          } catch (error) {
            if (isCode(error, '3001')) return null;
            throw error;
          }
        },
      });
      return answered.value;
    },

    close: () => http.close(),
  };
  gate.offerProbe('查一个不存在的户号', () => client.account('electricity', '0000000000'));
  return client;
}

function accountFrom(kind: UtilityKind, root: XmlNode): UtilityAccount {
  const text = (name: string): string => textAt(root, 'BODY', name);
  if (!text('YHBH')) throw shapeless();
  return {
    kind,
    number: text('YHBH'),
    name: text('YHMC'),
    address: text('DZ'),
    balance: amountOf(text('ZHYE')),
    arrears: amountOf(text('QFJE')),
    lateFee: amountOf(text('WYJ')),
    months: listAt(root, 'BODY', 'LIST', 'ITEM').map(monthFrom),
  };
}

function monthFrom(item: XmlNode): UtilityMonth {
  const month = textAt(item, 'YF');
  const read = textAt(item, 'CBRQ');
  if (!/^\d{6}$/.test(month) || !/^\d{8}$/.test(read)) throw shapeless();
  return {
    month: `${month.slice(0, 4)}-${month.slice(4)}`,
    usage: Number(textAt(item, 'YL')),
    amount: amountOf(textAt(item, 'DF')),
    readOn: `${read.slice(0, 4)}-${read.slice(4, 6)}-${read.slice(6)}`,
    paid: textAt(item, 'JFZT') === '1',
  };
}

/** One element, several, or none under a path. */
function listAt(node: XmlNode, ...path: readonly string[]): readonly XmlNode[] {
  let found: XmlNode | undefined = node;
  for (const name of path)
    found =
      typeof found === 'object' && !Array.isArray(found)
        ? (found as Readonly<Record<string, XmlNode>>)[name]
        : undefined;
  if (found === undefined || found === '') return [];
  return Array.isArray(found) ? (found as readonly XmlNode[]) : [found];
}

function refusal(code: string, words: string): GovernmentError {
  const kind = /^9|^$/.test(code) ? 'down' : 'refused';
  return new GovernmentError(system, kind, (words || 'no words').slice(0, 80), { code: code || 'shape' });
}

const isCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof GovernmentError && error.kind === 'refused' && codes.includes(error.code);

const shapeless = (): GovernmentError =>
  new GovernmentError(system, 'down', 'an answer of another shape', { code: 'shape' });

/** `186.42` yuan is 18642 fen. */
function amountOf(text: string): number {
  const fen = fenOf(text);
  if (fen === null) throw shapeless();
  return fen;
}
