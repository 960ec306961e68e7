import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import type { Context } from 'koa';
import Router from 'koa-router';
import { jsonOf } from '../core/body.ts';
import { changes, playFaults, type Voice } from '../core/faults.ts';
import { gatewayRefusal } from '../core/gateway.ts';
import { Keep } from '../core/keep.ts';
import { addLocalDays, localDay } from '../core/localTime.ts';
import type { World } from '../core/world.ts';

const voice: Voice = {
  closed: () => ({ code: '9002', msg: '系统日切中，请稍后再试' }),
  broken: () => ({ code: '9001', msg: '系统异常' }),
  tooMany: () => ({ code: '9003', msg: '访问过于频繁' }),
};

/** A decision of the traffic police; amounts in fen. */
export interface Decision {
  /** 16 digits; the last is a check digit that some papers leave out. */
  number: string;
  plate: string;
  person: string;
  offence: string;
  decided: string;
  principal: number;
  /** In the payment books; false: decided a few hours ago. */
  entered: boolean;
}

interface Booking {
  decision: string;
  orderNo: string;
  transactionId: string;
  amount: number;
  paidAt: string;
  receipt: string;
}

interface Data {
  decisions: Decision[];
  bookings: Booking[];
}

/** Natural days after the decision in which it may be paid without a late fee. */
const graceDays = 15;

/** 交通罚款: the traffic police's payment books. */
export class FinesSystem {
  readonly #keep: Keep<Data>;

  constructor(private readonly world: World) {
    this.#keep = new Keep<Data>(world.options.dir, 'fines', () => ({
      decisions: demoDecisions(localDay(world.now())),
      bookings: [],
    }));
  }

  get bookings(): readonly Booking[] {
    return this.#keep.value.bookings;
  }

  get decisions(): readonly Decision[] {
    return this.#keep.value.decisions;
  }

  issue(decision: Partial<Decision> & Pick<Decision, 'number'>): void {
    const sample = demoDecisions(localDay(this.world.now()))[0]!;
    this.#keep.value.decisions.push({ ...sample, ...decision });
    this.#keep.save();
  }

  /** Paid at a bank's counter: the books know it at once, other channels only when they ask. */
  payElsewhere(number: string): void {
    const decision = this.find(number)!;
    this.add({
      decision: decision.number,
      orderNo: '',
      transactionId: `BANK${this.bookings.length + 1}`,
      amount: decision.principal + this.late(decision),
    });
  }

  router(): Router {
    const router = new Router({ prefix: '/fines' });
    const faulty = playFaults(this.world, 'fines', voice);
    const signed = async (ctx: Context, next: () => Promise<unknown>): Promise<void> => {
      const refusal = gatewayRefusal(ctx, this.world.options.gateway, this.world.wall());
      if (refusal) ctx.body = refusal;
      else await next();
    };
    router.post('/fine/query', faulty, signed, (ctx) => this.query(ctx));
    router.post('/fine/pay', faulty, signed, (ctx) => this.pay(ctx));
    router.get('/fine/recon', faulty, signed, (ctx) => this.recon(ctx));
    return router;
  }

  private find(number: string): Decision | undefined {
    return this.#keep.value.decisions.find(
      (each) => each.number === number || (number.length === 15 && each.number.startsWith(number)),
    );
  }

  private paid(decision: Decision): Booking | undefined {
    return this.bookings.find((each) => each.decision === decision.number);
  }

  /** 3 % a day after the last day, at most the fine. Weekends at the end move it to Monday; holidays are not known here. */
  private payBy(decision: Decision): string {
    let day = addLocalDays(decision.decided, graceDays);
    while ([0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())) day = addLocalDays(day, 1);
    return day;
  }

  private late(decision: Decision): number {
    const days = Math.round(
      (Date.parse(localDay(this.world.now())) - Date.parse(this.payBy(decision))) / 86_400_000,
    );
    return Math.min(decision.principal, Math.round((decision.principal * 3 * Math.max(0, days)) / 100));
  }

  private query(ctx: Context): void {
    const number = String(jsonOf(ctx)['JDSBH'] ?? '');
    if (!/^\d{15,16}$/.test(number)) {
      ctx.body = { code: '1004', msg: '决定书编号有误' };
      return;
    }
    const decision = this.find(number);
    if (!decision) ctx.body = { code: '1001', msg: '未查询到该决定书，或非本地区决定书' };
    else if (!decision.entered) ctx.body = { code: '1002', msg: '该决定书尚未入库，请稍后再缴' };
    else {
      const paid = this.paid(decision);
      ctx.body = {
        code: '0',
        msg: '成功',
        data: {
          JDSBH: decision.number,
          HPHM: decision.plate,
          DSR: decision.person,
          WFXW: decision.offence,
          CLSJ: `${decision.decided} 09:12`,
          JKQX: this.payBy(decision),
          FKJE: decision.principal,
          ZNJ: paid ? paid.amount - decision.principal : this.late(decision),
          JKBJ: paid ? 1 : 0,
        },
      };
    }
  }

  private pay(ctx: Context): void {
    const body = jsonOf(ctx);
    const text = (name: string): string => String(body[name] ?? '');
    const decision = this.find(text('JDSBH'));
    if (!decision) {
      ctx.body = { code: '1001', msg: '未查询到该决定书' };
      return;
    }
    const known = this.paid(decision);
    if (known && known.orderNo === text('DDBH')) {
      ctx.body = { code: '0', msg: '成功', PJHM: known.receipt };
      return;
    }
    if (known) {
      ctx.body = { code: '1003', msg: '该决定书已缴款，已存在成功记录' };
      return;
    }
    const amount = body['JFJE'];
    const due = decision.principal + this.late(decision);
    // What was due on the day it was paid: a payment before midnight may come in after it.
    if (amount !== due && amount !== due - Math.round((decision.principal * 3) / 100)) {
      ctx.body = { code: '1005', msg: '缴款金额与应缴金额不一致' };
      return;
    }
    ctx.state[changes] = true;
    const made = this.add({
      decision: decision.number,
      orderNo: text('DDBH'),
      transactionId: text('ZFLSH'),
      amount: amount as number,
    });
    ctx.body = { code: '0', msg: '成功', PJHM: made.receipt };
  }

  /** Ready from the next day on: GBK, fields by `|`, an end line with count and sum. */
  private recon(ctx: Context): void {
    const day = String(ctx.query['day'] ?? '');
    if (day >= localDay(this.world.now())) {
      ctx.status = 404;
      ctx.body = '对账文件未生成';
      return;
    }
    const rows = this.bookings.filter((each) => each.orderNo !== '' && settlementDay(each.paidAt) === day);
    const lines = rows.map((each) => `118001|${each.decision}|${each.transactionId}|${each.amount}|交警罚款`);
    const sum = rows.reduce((all, each) => all + each.amount, 0);
    ctx.type = 'text/plain; charset=GBK';
    ctx.body = iconv.encode([...lines, `END|${rows.length}|${sum}`].join('\r\n'), 'gbk');
  }

  private add(booking: Omit<Booking, 'receipt' | 'paidAt'>): Booking {
    const receipt = `4401${createHash('sha256').update(booking.decision).digest('hex').replace(/\D/g, '').slice(0, 6).padStart(6, '0')}`;
    const made = { ...booking, receipt, paidAt: this.world.now().toISOString() };
    this.#keep.value.bookings.push(made);
    this.#keep.save();
    return made;
  }
}

/** 日切: what comes between 23:00 and midnight belongs to the next day. */
function settlementDay(at: string): string {
  return localDay(new Date(Date.parse(at) + 3_600_000));
}

/** The demo's decisions, relative to today: one in time, one late, one so late that the fee has reached the fine. */
function demoDecisions(today: string): Decision[] {
  const of = (number: string, plate: string, person: string, offence: string, age: number, yuan: number) => ({
    ...{ number, plate, person, offence, decided: addLocalDays(today, -age) },
    ...{ principal: yuan * 100, entered: true },
  });
  return [
    of('4401181234567890', '粤A·D12345', '王*明', '驾驶机动车违反禁令标志指示', 5, 200),
    of('4401181234567908', '粤A·D12345', '王*明', '驾驶机动车在高速公路上超速不足20%', 29, 50),
    of('4401181234567916', '粤A·F67890', '李*', '机动车违反规定停放、临时停车', 80, 200),
    { ...of('4401181234567924', '粤A·F67890', '李*', '不按导向车道行驶', 0, 100), entered: false },
  ];
}
