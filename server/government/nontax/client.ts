import { fileURLToPath } from 'node:url';
import { fenOf, yuanOf } from '../../kernel/money.ts';
import { parseXml, textAt, type XmlNode } from '../../kernel/xml/parseXml.ts';
import { writeBeijingTime } from '../kit/beijingTime.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { GovernmentHttp } from '../kit/http.ts';
import { connectSoapText, type SoapText } from '../kit/soapText.ts';
import type { Actor, SystemGate } from '../kit/systemGate.ts';
import { writeXml } from '../kit/xmlWriter.ts';
import type { NoteReference } from './noteNumber.ts';
import type { BookedNote, NonTax, PayNote } from './port.ts';

const system = 'nontax';
const nobody = { kind: 'system' } as const satisfies Actor;
const wsdl = fileURLToPath(new URL('paybill.wsdl', import.meta.url));

export interface NonTaxSettings {
  readonly base: string;
  readonly unit: string;
  readonly password: string;
  readonly gate: SystemGate;
}

/** SOAP whose one operation takes a method's name and a value object as XML in a text; a login gives a key for the calls after. */
export function createNonTax({ base, unit, password, gate }: NonTaxSettings): NonTax {
  const http = new GovernmentHttp(system, base);
  let soap: Promise<SoapText> | undefined;
  let key: Promise<string> | undefined;

  const raw = async (method: string, vo: Record<string, string>, signal: AbortSignal): Promise<XmlNode> => {
    // Connecting reads a local file only.
    soap ??= connectSoapText({ system, wsdl, endpoint: `${base}/paybill`, encoding: 'utf-8' });
    const answer = await (await soap).call('invoke', { method, vo: writeXml({ VO: vo }) }, signal);
    try {
      const root = parseXml(answer)['RESULT'];
      if (root === undefined) throw shapeless();
      return root;
    } catch {
      throw shapeless();
    }
  };
  const login = async (signal: AbortSignal): Promise<string> => {
    const root = await raw('login', { unitNO: unit, password }, signal);
    const loginKey = textAt(root, 'loginKey');
    if (textAt(root, 'returnCode') === '100' && loginKey) return loginKey;
    throw refusal(root);
  };
  /** With the key of the last login; when that is not known any more (202), once with a new one. */
  const invoke = async (
    method: string,
    vo: Record<string, string>,
    signal: AbortSignal,
  ): Promise<XmlNode> => {
    for (let attempt = 0; ; attempt++) {
      key ??= login(signal).catch((error: unknown) => {
        key = undefined;
        throw error;
      });
      const root = await raw(method, { loginKey: await key, ...vo }, signal);
      const code = textAt(root, 'returnCode');
      if (code === '100' || code === '211' || code === '212') return root;
      if (code !== '202' || attempt > 0) throw refusal(root);
      key = undefined;
    }
  };

  const client: NonTax = {
    async find(reference) {
      const answered = await gate.call({
        operation: 'find',
        actor: nobody,
        purpose: '缴纳非税款项',
        args: { kind: reference.kind },
        repeatable: true,
        run: async (signal) => {
          const root = await invoke('searchPayNote', voOf(reference), signal);
          return textAt(root, 'returnCode') === '211' ? null : noteFrom(reference, root);
        },
      });
      return answered.value;
    },

    async book(payment) {
      const answered = await gate.call({
        operation: 'book',
        actor: nobody,
        purpose: '非税缴款入账',
        args: { payment: payment.paymentId },
        // The treasury knows a payment by our number: the same again is the same.
        repeatable: true,
        run: async (signal) => {
          const vo = {
            ...voOf(payment.reference),
            payNo: payment.paymentId,
            channelTradeNo: payment.transactionId,
            receivedAmt: yuanOf(payment.amount),
            paidTM: writeBeijingTime(payment.paidAt),
          };
          const root = await invoke('payNote', vo, signal);
          if (textAt(root, 'returnCode') === '212') return 'elsewhere' as const;
          const receiptNumber = textAt(root, 'receiptNO');
          if (!receiptNumber) throw shapeless();
          return { receiptNumber };
        },
      });
      return answered.value;
    },

    async dayFile(day) {
      const answered = await gate.call({
        operation: 'dayFile',
        actor: nobody,
        purpose: '缴费对账',
        args: { day },
        repeatable: true,
        run: async (signal) => {
          const answer = await http.call({ method: 'GET', target: `/recon/${day}.txt`, signal });
          return answer.status === 404 ? null : bookedFrom(answer.text);
        },
      });
      return answered.value;
    },

    async close() {
      await http.close();
      await (await soap)?.close();
    },
  };
  gate.offerProbe('查一个不存在的缴款码', () =>
    client.find({ kind: 'payCode', code: '00000000000000000000' }),
  );
  return client;
}

const voOf = (reference: NoteReference): Record<string, string> =>
  reference.kind === 'payCode'
    ? { unitNO: '', pnNO: reference.code }
    : { unitNO: reference.unit, pnNO: reference.number };

const states: Readonly<Record<string, PayNote['state']>> = { '0': 'cancelled', '1': 'due', '2': 'paid' };

/** At most four items, numbered: itemnm1, payamt1 … */
function noteFrom(reference: NoteReference, root: XmlNode): PayNote {
  const text = (name: string): string => textAt(root, name);
  const state = states[text('status')];
  if (!state) throw shapeless();
  const items = [1, 2, 3, 4].flatMap((index) => {
    const name = text(`itemnm${index}`);
    return name ? [{ name, amount: amountOf(text(`payamt${index}`)) }] : [];
  });
  const amount = amountOf(text('receivableAmt'));
  const lateFee = amountOf(text('total_fee') || '0');
  if (items.reduce((sum, each) => sum + each.amount, 0) + lateFee !== amount) throw shapeless();
  return {
    ...{ reference, state, items, amount, lateFee },
    unitName: text('unitnm'),
    payer: text('payer'),
    receiptNumber: text('receiptNO') || null,
  };
}

/** GBK, `|` between the fields; unit and number are never empty; the last line is `TOTAL|<lines>|<yuan>`. */
function bookedFrom(text: string): BookedNote[] {
  const lines = text.split(/\r?\n/).filter(Boolean);
  const end = lines.pop()?.split('|') ?? [];
  const rows = lines.map((line): BookedNote => {
    const [unit, number, transactionId, amount] = line.split('|');
    if (!unit || !number || !transactionId || !amount) throw shapeless();
    return { number, transactionId, amount: amountOf(amount) };
  });
  const sum = rows.reduce((all, each) => all + each.amount, 0);
  if (end[0] !== 'TOTAL' || Number(end[1]) !== rows.length || amountOf(end[2] ?? '') !== sum)
    throw new GovernmentError(system, 'down', 'half a file', { code: 'half file' });
  return rows;
}

function refusal(root: XmlNode): GovernmentError {
  const code = textAt(root, 'returnCode');
  const words = textAt(root, 'reason') || 'no words';
  const kind = code === '299' || code === '' ? 'down' : 'refused';
  return new GovernmentError(system, kind, words.slice(0, 80), { code: code || 'shape' });
}

const shapeless = (): GovernmentError =>
  new GovernmentError(system, 'down', 'an answer of another shape', { code: 'shape' });

function amountOf(text: string): number {
  const fen = fenOf(text);
  if (fen === null) throw shapeless();
  return fen;
}
