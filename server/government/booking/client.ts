import { GovernmentError } from '../kit/governmentError.ts';
import { GovernmentHttp } from '../kit/http.ts';
import type { Actor, SystemGate } from '../kit/systemGate.ts';
import { isObject, type Json, parseTolerant, pick, pickList, pickText } from '../kit/tolerantJson.ts';
import type { CityBooking, CityOrder, CitySlot, CityVisit } from './port.ts';

const system = 'booking';
const nobody = { kind: 'system' } as const satisfies Actor;

export function createCityBooking(options: {
  readonly base: string;
  readonly gate: SystemGate;
}): CityBooking & { close(): Promise<void> } {
  const { gate } = options;
  const http = new GovernmentHttp(system, options.base);

  const post = async (action: string, form: Record<string, string>, signal: AbortSignal): Promise<Json> => {
    const answer = await http.call({
      method: 'POST',
      target: `/appointment/${action}.action`,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
      body: new URLSearchParams(form).toString(),
      signal,
    });
    const value = parseTolerant(system, answer.text);
    if (!isObject(value)) throw new GovernmentError(system, 'down', 'no object came', { code: 'shape' });
    return value;
  };

  const client: CityBooking & { close(): Promise<void> } = {
    async slots(orgCode, itemCode, days) {
      const answered = await gate.call({
        operation: 'slots',
        actor: nobody,
        purpose: '预约办事',
        args: { org: orgCode, item: itemCode },
        repeatable: true,
        lastGood: { key: `slots/${orgCode}/${itemCode}/${days}` },
        run: async (signal) => {
          const form = {
            org_code: orgCode,
            service_item_code: itemCode,
            daySize: String(days),
            dayIndex: '1',
          };
          return slotsFrom(await post('getlistServiceOrder', form, signal));
        },
      });
      return { slots: answered.value, at: answered.at, fresh: answered.from === 'system' };
    },

    async create(order) {
      const answered = await gate.call({
        operation: 'create',
        actor: { kind: 'citizen', id: order.person.id },
        purpose: '预约办事',
        matterCode: order.itemCode,
        args: { ourNumber: order.ourNumber, day: order.day, from: order.from },
        repeatable: false,
        run: async (signal) => {
          const answer = await post(
            'getOrderServiceItem',
            {
              out_no: order.ourNumber,
              org_code: order.orgCode,
              service_item_code: order.itemCode,
              service_item_name: order.itemName,
              predate: order.day,
              time: `${order.from}-${order.until}`,
              certificate_name: order.person.name,
              certificate: order.person.idNumber,
              phone: order.person.phone,
            },
            signal,
          );
          const orderNo = pickText(answer, 'order_no');
          if (pickText(answer, 'is_order') === 'Y' && orderNo !== null) return orderNo;
          throw refusal(pickText(answer, 'msg'));
        },
      });
      return { orderNo: answered.value };
    },

    async find(ourNumber) {
      const answered = await gate.call({
        operation: 'find',
        actor: nobody,
        purpose: '核对预约',
        args: { ourNumber },
        repeatable: true,
        run: async (signal) =>
          pickList(good(await post('queryOrder', { out_no: ourNumber }, signal)), 'list').map(orderFrom),
      });
      return answered.value;
    },

    async ofDay(orgCode, day) {
      const answered = await gate.call({
        operation: 'ofDay',
        actor: nobody,
        purpose: '核对预约',
        args: { org: orgCode, day },
        repeatable: true,
        run: async (signal) => {
          const answer = good(await post('listOrders', { org_code: orgCode, predate: day }, signal));
          return pickList(answer, 'list').map((each) => ({ ...orderFrom(each), visit: visitFrom(each) }));
        },
      });
      return answered.value;
    },

    async cancel(orderNo, reason, by = 'person') {
      await gate.call({
        operation: 'cancel',
        actor: nobody,
        purpose: '取消预约',
        args: { orderNo },
        repeatable: true,
        run: async (signal) =>
          good(
            await post(
              'cancelOrder',
              { order_no: orderNo, reason, ...(by === 'hall' && { canceller: '大厅' }) },
              signal,
            ),
          ),
      });
    },

    async changes(after) {
      const answered = await gate.call({
        operation: 'changes',
        actor: nobody,
        purpose: '核对预约',
        args: { after: String(after) },
        repeatable: true,
        run: async (signal) => {
          const answer = good(await post('queryChanges', { after: String(after) }, signal));
          const last = Number(pickText(answer, 'last'));
          if (!Number.isInteger(last))
            throw new GovernmentError(system, 'down', 'no place to go on', { code: 'shape' });
          const changes = pickList(answer, 'list').map((each) => ({
            seq: Number(pickText(each, 'seq')),
            orderNo: pickText(each, 'order_no') ?? '',
            ourNumber: pickText(each, 'out_no') ?? '',
            state: stateFrom(pickText(each, 'state')),
            reason: pickText(each, 'reason'),
            visit: visitFrom(each),
          }));
          return { changes, last };
        },
      });
      return answered.value;
    },

    close: () => http.close(),
  };
  gate.offerProbe('查一个不存在的预约', () => client.find('TRIAL000000'));
  return client;
}

function good(answer: Json): Json {
  if (pickText(answer, 'result') === 'Y') return answer;
  throw refusal(pickText(answer, 'msg'));
}

/** The system has no codes, only words; words of trouble are an outage, not an answer. */
function refusal(words: string | null): GovernmentError {
  const text = words ?? '';
  const known: readonly [RegExp, string][] = [
    [/约满|已满/, 'full'],
    [/已预约/, 'duplicate'],
    [/不可预约|停止预约/, 'closedDay'],
    [/不存在/, 'unknownOrder'],
    [/已办理/, 'served'],
  ];
  const code = known.find(([pattern]) => pattern.test(text))?.[1];
  if (code) return new GovernmentError(system, 'refused', text, { code });
  if (/异常|繁忙|频繁|维护|日终|^$/.test(text))
    return new GovernmentError(system, 'down', text || 'no words', { code: 'words' });
  return new GovernmentError(system, 'refused', text.slice(0, 80), { code: 'other' });
}

/** Null where anything is missing that the hall would need. */
function visitFrom(value: Json): CityVisit | null {
  const of = (name: string): string => pickText(value, name) ?? '';
  const [, from, until] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(of('office_hour')) ?? [];
  const person = { name: of('certificate_name'), idNumber: of('certificate'), phone: of('phone') };
  const [orderNo, orgCode, itemCode, day] = ['order_no', 'org_code', 'service_item_code', 'predate'].map(of);
  if (!orderNo || !orgCode || !itemCode || !day || !from || !until || !person.name || !person.idNumber) {
    return null;
  }
  return { orderNo, channel: of('channel'), orgCode, itemCode, day, from, until, person };
}

/** `{apDate: […], "09:00-09:30": [{apdate, office_hour, is_free}]}` */
function slotsFrom(answer: Json): CitySlot[] {
  if (!Array.isArray(pick(answer, 'apDate'))) throw refusal(pickText(answer, 'msg'));
  return Object.entries(isObject(answer) ? answer : {}).flatMap(([time, days]): CitySlot[] => {
    const [, from, until] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(time) ?? [];
    if (!from || !until || !Array.isArray(days)) return [];
    return (days as readonly Json[]).flatMap((each): CitySlot[] => {
      const day = pickText(each, 'apdate');
      return day === null ? [] : [{ day, from, until, free: pickText(each, 'is_free') === 'Y' }];
    });
  });
}

const states: Readonly<Record<string, CityOrder['state']>> = {
  '1': 'booked',
  '2': 'cancelledByPerson',
  '3': 'cancelledByHall',
  '4': 'served',
};
const stateFrom = (code: string | null): CityOrder['state'] => states[code ?? ''] ?? 'unknown';

const orderFrom = (value: Json): CityOrder => ({
  orderNo: pickText(value, 'order_no') ?? '',
  ourNumber: pickText(value, 'out_no') ?? '',
  day: pickText(value, 'predate') ?? '',
  state: stateFrom(pickText(value, 'state')),
  reason: pickText(value, 'reason'),
});
