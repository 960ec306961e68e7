import type { LocalDay } from '../../kernel/localDay.ts';
import { writeBeijingTime } from '../kit/beijingTime.ts';
import { type GatewayKey, gatewayHeaders } from '../kit/gatewaySignature.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { GovernmentHttp } from '../kit/http.ts';
import type { Actor, SystemGate } from '../kit/systemGate.ts';
import { type Json, parseTolerant, pick, pickText } from '../kit/tolerantJson.ts';
import type { BookedFine, Fine, Fines } from './port.ts';

const system = 'fines';
const nobody = { kind: 'system' } as const satisfies Actor;

export interface FinesSettings {
  readonly base: string;
  readonly gateway: GatewayKey;
  readonly gate: SystemGate;
  /** Wall time, for signatures. */
  readonly now: () => Date;
}

export function createFines({ base, gateway, gate, now }: FinesSettings): Fines {
  const http = new GovernmentHttp(system, base);
  const send = async (target: string, body: object, signal: AbortSignal): Promise<Json> => {
    const answer = await http.call({
      method: 'POST',
      target,
      headers: { 'content-type': 'application/json; charset=UTF-8', ...gatewayHeaders(gateway, now()) },
      body: JSON.stringify(body),
      signal,
    });
    return parseTolerant(system, answer.text);
  };

  const client: Fines = {
    async find(decisionNumber) {
      const answered = await gate.call({
        operation: 'find',
        actor: nobody,
        purpose: '缴纳交通违法罚款',
        args: { decision: `${decisionNumber.slice(0, 6)}…${decisionNumber.slice(-2)}` },
        repeatable: true,
        run: async (signal) => fineFrom(await send('/fine/query', { JDSBH: decisionNumber }, signal)),
      });
      return answered.value;
    },

    async book(payment) {
      const answered = await gate.call({
        operation: 'book',
        actor: nobody,
        purpose: '交通违法罚款入账',
        args: { payment: payment.paymentId },
        // The owner knows a payment by our number: the same again is the same.
        repeatable: true,
        run: async (signal) => {
          const body = {
            JDSBH: payment.decisionNumber,
            DDBH: payment.paymentId,
            ZFLSH: payment.transactionId,
            JFJE: payment.amount,
            JFSJ: writeBeijingTime(payment.paidAt),
          };
          const answer = await send('/fine/pay', body, signal);
          const code = pickText(answer, 'code');
          if (code === '0') {
            const receiptNumber = pickText(answer, 'PJHM');
            if (!receiptNumber) throw shapeless();
            return { receiptNumber };
          }
          if (code === '1003') return 'elsewhere' as const;
          throw refusal(answer);
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
          const answer = await http.call({
            method: 'GET',
            target: `/fine/recon?day=${day}`,
            headers: gatewayHeaders(gateway, now()),
            signal,
          });
          if (answer.status === 404) return null;
          return bookedFrom(answer.text, day);
        },
      });
      return answered.value;
    },

    close: () => http.close(),
  };
  gate.offerProbe('查一份不存在的处罚决定书', () => client.find('000000000000000'));
  return client;
}

function fineFrom(answer: Json): Fine | 'notYet' | null {
  const code = pickText(answer, 'code');
  if (code === '1001') return null;
  if (code === '1002') return 'notYet';
  if (code !== '0') throw refusal(answer);
  const data = pick(answer, 'data');
  const text = (name: string): string => {
    const value = pickText(data, name);
    if (value === null) throw shapeless();
    return value;
  };
  const fen = (name: string): number => {
    const value = Number(text(name));
    if (!Number.isInteger(value) || value < 0) throw shapeless();
    return value;
  };
  return {
    decisionNumber: text('JDSBH'),
    plate: maskedPlate(text('HPHM')),
    person: text('DSR'),
    offence: text('WFXW'),
    decidedOn: text('CLSJ').slice(0, 10),
    payBy: text('JKQX'),
    principal: fen('FKJE'),
    lateFee: fen('ZNJ'),
    paid: text('JKBJ') === '1',
  };
}

/**
 * The file: GBK, `|` between the fields, a line a payment, a last line `END|<lines>|<sum>`. A file without its end, or whose
 * end does not agree, is half a file.
 */
function bookedFrom(text: string, day: LocalDay): BookedFine[] {
  const lines = text.split(/\r?\n/).filter(Boolean);
  const end = lines.pop()?.split('|') ?? [];
  const rows = lines.map((line): BookedFine => {
    const [unit, decisionNumber, transactionId, amount] = line.split('|');
    if (!unit || !decisionNumber || !transactionId || !/^\d+$/.test(amount ?? '')) throw shapeless();
    return { decisionNumber, transactionId, amount: Number(amount) };
  });
  const sum = rows.reduce((all, each) => all + each.amount, 0);
  if (end[0] !== 'END' || Number(end[1]) !== rows.length || Number(end[2]) !== sum)
    throw new GovernmentError(system, 'down', `half a file of ${day}`, { code: 'half file' });
  return rows;
}

function refusal(answer: Json): GovernmentError {
  const code = pickText(answer, 'code') ?? '';
  const kind = /^(9\d{3}|FAIL|)$/.test(code) ? 'down' : 'refused';
  return new GovernmentError(system, kind, (pickText(answer, 'msg') ?? 'no words').slice(0, 80), {
    code: code || 'shape',
  });
}

const shapeless = (): GovernmentError =>
  new GovernmentError(system, 'down', 'an answer of another shape', { code: 'shape' });

/** 「粤A·D12345」 → 「粤A·D1**45」 */
const maskedPlate = (plate: string): string => plate.replace(/(.{2})(.{2})(.{2})$/u, '$1**$3');
