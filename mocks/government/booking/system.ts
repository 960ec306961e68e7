import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import Router from 'koa-router';
import { formOf, jsonOf } from '../core/body.ts';
import { changes, playFaults, type Voice } from '../core/faults.ts';
import { Keep } from '../core/keep.ts';
import { addLocalDays, localDay, localTime } from '../core/localTime.ts';
import type { World } from '../core/world.ts';

const voice: Voice = {
  closed: () => ({ is_order: 'N', result: 'N', msg: '系统日终处理中，请稍后再试' }),
  broken: () => ({ is_order: 'N', result: 'N', msg: '系统异常' }),
  tooMany: () => ({ is_order: 'N', result: 'N', msg: '访问过于频繁' }),
};

/** 1 已预约, 2 已取消(本人), 3 已取消(大厅), 4 已办理 */
export type OrderState = '1' | '2' | '3' | '4';

export interface Order {
  order_no: string;
  /** The number of the channel that made it; empty for bookings at the counter. */
  out_no: string;
  channel: string;
  org_code: string;
  service_item_code: string;
  predate: string;
  time: string;
  certificate: string;
  name: string;
  phone: string;
  item_name: string;
  state: OrderState;
  reason: string;
}

/** A booking as it was made or changed; the hall that serves it reads who comes. */
export interface Change {
  seq: number;
  order_no: string;
  out_no: string;
  state: OrderState;
  reason: string;
  time: string;
  channel: string;
  org_code: string;
  service_item_code: string;
  service_item_name: string;
  predate: string;
  /** `09:00-09:30` */
  office_hour: string;
  certificate: string;
  certificate_name: string;
  phone: string;
}

interface Data {
  orders: Order[];
  changes: Change[];
  serial: number;
}

const times = [
  '09:00',
  '09:30',
  '10:00',
  '10:30',
  '11:00',
  '11:30',
  '13:00',
  '13:30',
  '14:00',
  '14:30',
  '15:00',
  '15:30',
  '16:00',
  '16:30',
].map(
  (from) =>
    `${from}-${from.endsWith('00') ? `${from.slice(0, 2)}:30` : `${String(Number(from.slice(0, 2)) + 1).padStart(2, '0')}:00`}`,
);

/** 网上预约: the city's booking system, whose places all channels share. */
export class BookingSystem {
  readonly #keep: Keep<Data>;
  /** Places of each slot. */
  capacity = 4;
  /** Some places of each slot are with other channels from the start; false: only what is booked is taken. */
  others = true;
  /** Refuses although there is a place, or gives the last place away twice and takes one back a little later. */
  moods = { refuseFree: 0, oversell: 0 };

  constructor(private readonly world: World) {
    this.#keep = new Keep<Data>(world.options.dir, 'booking', () => ({ orders: [], changes: [], serial: 0 }));
  }

  get orders(): readonly Order[] {
    return this.#keep.value.orders;
  }

  reset(): void {
    this.#keep.replace({ orders: [], changes: [], serial: 0 });
  }

  /** Loses a booking without a word, as systems do. */
  forget(outNo: string): void {
    const data = this.#keep.value;
    data.orders = data.orders.filter((order) => order.out_no !== outNo);
    this.#keep.save();
  }

  /** The hall closes: all bookings of the day (or one) are cancelled, their channels learn it from the changes. */
  cancelByHall(filter: { day?: string; orderNo?: string }, reason: string): number {
    const hit = this.#keep.value.orders.filter(
      (order) =>
        order.state === '1' &&
        (filter.day === undefined || order.predate === filter.day) &&
        (filter.orderNo === undefined || order.order_no === filter.orderNo),
    );
    for (const order of hit) this.move(order, '3', reason);
    this.#keep.save();
    return hit.length;
  }

  /** A booking at the counter or in another app. */
  bookElsewhere(
    org: string,
    item: string,
    day: string,
    time: string,
    certificate: string,
    more: Partial<Pick<Order, 'channel' | 'name' | 'phone' | 'item_name'>> = {},
  ): string | null {
    if (this.free(org, item, day, time) <= 0) return null;
    const visitor = { channel: '大厅', name: '陈示例', phone: '13800000099', item_name: '', ...more };
    return this.add({ org, item, day, time, certificate, outNo: '', ...visitor }).order_no;
  }

  /** Whoever booked it elsewhere cancels it there. */
  cancelByPerson(orderNo: string): boolean {
    const order = this.#keep.value.orders.find((each) => each.order_no === orderNo && each.state === '1');
    if (!order) return false;
    this.move(order, '2', '本人取消');
    this.#keep.save();
    return true;
  }

  router(): Router {
    const router = new Router({ prefix: '/booking' });
    const faulty = playFaults(this.world, 'booking', voice);
    router.post('/appointment/getlistServiceOrder.action', faulty, (ctx) => this.list(ctx));
    router.post('/appointment/getOrderServiceItem.action', faulty, (ctx) => this.order(ctx));
    router.post('/appointment/queryOrder.action', faulty, (ctx) => this.query(ctx));
    router.post('/appointment/cancelOrder.action', faulty, (ctx) => this.cancel(ctx));
    router.post('/appointment/listOrders.action', faulty, (ctx) => this.ofDay(ctx));
    router.post('/appointment/queryChanges.action', faulty, (ctx) => this.changed(ctx));
    this.controls(router);
    return router;
  }

  /** What people and staff do elsewhere, by hand: see README.md. */
  private controls(router: Router): void {
    router.post('/__mock/elsewhere', (ctx) => {
      const of = (name: string, otherwise = ''): string => String(jsonOf(ctx)[name] ?? otherwise);
      const who = of('certificate', '440118200001010012');
      const made = this.bookElsewhere(of('org'), of('item'), of('day'), of('time'), who, {
        channel: of('channel', '穗好办'),
        name: of('name', '陈示例'),
        phone: of('phone', '13800000099'),
      });
      ctx.status = made === null ? 409 : 200;
      ctx.body = { order_no: made };
    });
    /** `{"orderNo"}`: its person cancels it; `{"day", "reason"}`: the hall closes. */
    router.post('/__mock/cancel', (ctx) => {
      const { orderNo, day, reason } = jsonOf(ctx);
      const count =
        typeof day === 'string'
          ? this.cancelByHall({ day }, String(reason ?? '系统升级'))
          : Number(this.cancelByPerson(String(orderNo)));
      ctx.body = { cancelled: count };
    });
  }

  /** What the place holds, less what was given away; some places belong to other channels from the start. */
  private free(org: string, item: string, day: string, time: string): number {
    const taken = this.#keep.value.orders.filter(
      (order) =>
        order.state !== '2' &&
        order.state !== '3' &&
        order.org_code === org &&
        order.service_item_code === item &&
        order.predate === day &&
        order.time === time,
    ).length;
    if (!this.others) return this.capacity - taken;
    const others =
      createHash('sha256').update(`${org}${item}${day}${time}`).digest()[0]! % Math.max(1, this.capacity - 1);
    return this.capacity - others - taken;
  }

  private openDay(day: string): boolean {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    return weekday >= 1 && weekday <= 5 && day > localDay(this.world.now());
  }

  private list(ctx: Context): void {
    const form = formOf(ctx);
    const [org, item] = [form.get('org_code') ?? '', form.get('service_item_code') ?? ''];
    const size = Math.min(Number(form.get('daySize')) || 30, 30);
    const first = Number(form.get('dayIndex')) || 1;
    const today = localDay(this.world.now());
    const days = Array.from({ length: size }, (_, i) => addLocalDays(today, first + i)).filter((day) =>
      this.openDay(day),
    );
    ctx.body = {
      apDate: days,
      ...Object.fromEntries(
        times.map((time) => [
          time,
          days.map((apdate) => ({
            apdate,
            office_hour: time,
            is_free: this.free(org, item, apdate, time) > 0 ? 'Y' : 'N',
          })),
        ]),
      ),
    };
  }

  private order(ctx: Context): void {
    const form = formOf(ctx);
    const of = (name: string): string => form.get(name) ?? '';
    const [org, item, day, time] = [of('org_code'), of('service_item_code'), of('predate'), of('time')];
    const refusal = this.refusalOf(form);
    if (refusal !== null) {
      ctx.body = { is_order: 'N', msg: refusal };
      return;
    }
    const oversold = this.free(org, item, day, time) <= 0;
    const made = this.add({
      org,
      item,
      day,
      time,
      certificate: of('certificate'),
      outNo: of('out_no'),
      channel: 'ZC',
      name: of('certificate_name'),
      phone: of('phone'),
      item_name: of('service_item_name'),
    });
    if (oversold) this.move(made, '3', '时段重复放号，已由大厅取消');
    ctx.state[changes] = true;
    ctx.body = { is_order: 'Y', order_no: made.order_no };
  }

  /** Why not, in the system's words; null = it may be booked (the last place perhaps twice). */
  private refusalOf(form: URLSearchParams): string | null {
    const of = (name: string): string => form.get(name) ?? '';
    const [org, item, day, time] = ['org_code', 'service_item_code', 'predate', 'time'].map(of) as [
      string,
      string,
      string,
      string,
    ];
    if (!of('certificate') || !of('phone') || !of('certificate_name')) return '预约人信息不完整';
    if (!this.openDay(day) || !times.includes(time)) return '该日期不可预约';
    const same = this.#keep.value.orders.some(
      (order) =>
        order.state === '1' &&
        order.certificate === of('certificate') &&
        order.service_item_code === item &&
        order.predate === day,
    );
    if (same) return '您当天已预约该事项';
    const { random } = this.world;
    const free = this.free(org, item, day, time) > 0;
    if (free) return random.chance(this.moods.refuseFree) ? '该时段已约满' : null;
    return random.chance(this.moods.oversell) ? null : '该时段已约满';
  }

  private add(what: {
    org: string;
    item: string;
    day: string;
    time: string;
    certificate: string;
    outNo: string;
    channel: string;
    name: string;
    phone: string;
    item_name: string;
  }): Order {
    const data = this.#keep.value;
    data.serial += 1;
    const order: Order = {
      order_no: `GZ${what.day.replaceAll('-', '').slice(2)}${String(data.serial).padStart(6, '0')}`,
      out_no: what.outNo,
      channel: what.channel,
      org_code: what.org,
      service_item_code: what.item,
      predate: what.day,
      time: what.time,
      certificate: what.certificate,
      name: what.name,
      phone: what.phone,
      item_name: what.item_name,
      state: '1',
      reason: '',
    };
    data.orders.push(order);
    this.note(order);
    this.#keep.save();
    return order;
  }

  private move(order: Order, state: OrderState, reason: string): void {
    order.state = state;
    order.reason = reason;
    this.note(order);
  }

  private note(order: Order): void {
    const data = this.#keep.value;
    data.changes.push({
      seq: data.changes.length + 1,
      order_no: order.order_no,
      out_no: order.out_no,
      state: order.state,
      reason: order.reason,
      time: localTime(this.world.now()),
      channel: order.channel,
      org_code: order.org_code,
      service_item_code: order.service_item_code,
      service_item_name: order.item_name,
      predate: order.predate,
      office_hour: order.time,
      certificate: order.certificate,
      certificate_name: order.name,
      phone: order.phone,
    });
  }

  private query(ctx: Context): void {
    const outNo = formOf(ctx).get('out_no') ?? '';
    const found = outNo === '' ? [] : this.#keep.value.orders.filter((order) => order.out_no === outNo);
    ctx.body = { result: 'Y', list: found.map(shown) };
  }

  /** All bookings of a hall and day, of every channel. */
  private ofDay(ctx: Context): void {
    const form = formOf(ctx);
    const found = this.#keep.value.orders.filter(
      (order) => order.org_code === form.get('org_code') && order.predate === form.get('predate'),
    );
    ctx.body = { result: 'Y', list: found.map((order) => ({ ...shown(order), ...visitorOf(order) })) };
  }

  private cancel(ctx: Context): void {
    const order = this.#keep.value.orders.find((each) => each.order_no === formOf(ctx).get('order_no'));
    if (!order) {
      ctx.body = { result: 'N', msg: '预约不存在' };
      return;
    }
    // Asked twice it is still cancelled; what was done at the window is not undone.
    if (order.state === '4') {
      ctx.body = { result: 'N', msg: '预约已办理' };
      return;
    }
    if (order.state === '1') {
      const byHall = formOf(ctx).get('canceller') === '大厅';
      this.move(order, byHall ? '3' : '2', formOf(ctx).get('reason') ?? '');
      this.#keep.save();
    }
    ctx.state[changes] = true;
    ctx.body = { result: 'Y' };
  }

  /** Changes after a number; with the faults on, some come again and out of order. */
  private changed(ctx: Context): void {
    const after = Number(formOf(ctx).get('after')) || 0;
    const profile = this.world.profile('booking');
    let list = this.#keep.value.changes.filter((change) => change.seq > after).slice(0, 200);
    const last = list.at(-1)?.seq ?? after;
    if (profile.dupCallback > 1)
      list = list.flatMap((change) => Array<Change>(profile.dupCallback).fill(change));
    if (profile.outOfOrder) list = [...list].reverse();
    ctx.body = { result: 'Y', last: String(last), list };
  }
}

const shown = ({ certificate: _id, name: _name, phone: _phone, item_name: _item, ...order }: Order) => order;

/** For the hall that serves: who comes, and for what. */
const visitorOf = (order: Order) => ({
  service_item_name: order.item_name,
  office_hour: order.time,
  certificate: order.certificate,
  certificate_name: order.name,
  phone: order.phone,
});
