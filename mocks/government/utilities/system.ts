import { XMLParser } from 'fast-xml-parser';
import iconv from 'iconv-lite';
import type { Context } from 'koa';
import Router from 'koa-router';
import { changes, playFaults, type Voice } from '../core/faults.ts';
import { Keep } from '../core/keep.ts';
import { localDay } from '../core/localTime.ts';
import { yuan } from '../core/money.ts';
import { escaped } from '../core/soap.ts';
import type { World } from '../core/world.ts';

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: true });
const kinds = { electric: 'electricity', gas: 'gas' } as const;
type Kind = (typeof kinds)[keyof typeof kinds];

interface Month {
  /** `YYYYMM` */
  month: string;
  usage: number;
  /** Fen. */
  amount: number;
  readOn: string;
  paid: boolean;
}

/** A household as the company has it. Amounts in fen. */
export interface Household {
  kind: Kind;
  number: string;
  name: string;
  address: string;
  balance: number;
  closed: boolean;
  months: Month[];
}

interface Booking {
  kind: Kind;
  number: string;
  orderNo: string;
  transactionId: string;
  amount: number;
  paidAt: string;
  receipt: string;
}

interface Data {
  households: Household[];
  bookings: Booking[];
}

const head = (code: string, ret: string, message: string, serial = ''): string =>
  `<HEAD><TXCODE>${escaped(code)}</TXCODE><SERIAL>${escaped(serial)}</SERIAL><RET>${ret}</RET><MSG>${escaped(message)}</MSG></HEAD>`;
const whole = (inside: string): Buffer =>
  iconv.encode(`<?xml version="1.0" encoding="GBK"?><ROOT>${inside}</ROOT>`, 'gbk');

const voice: Voice = {
  closed: () => whole(head('', '9001', '日切中，请稍后再试')),
  broken: () => whole(head('', '9999', '系统忙')),
  tooMany: () => whole(head('', '9999', '系统忙')),
};

/** 电、燃气: the two companies' front end, XML in GBK. */
export class UtilitiesSystem {
  readonly #keep: Keep<Data>;

  constructor(private readonly world: World) {
    this.#keep = new Keep<Data>(world.options.dir, 'utilities', () => ({
      households: demoHouseholds(localDay(world.now())),
      bookings: [],
    }));
  }

  get bookings(): readonly Booking[] {
    return this.#keep.value.bookings;
  }

  /** Paid at the company's counter. */
  payElsewhere(kind: Kind, number: string): void {
    for (const month of this.find(kind, number)!.months) month.paid = true;
    this.#keep.save();
  }

  router(): Router {
    const router = new Router({ prefix: '/utilities' });
    const faulty = playFaults(this.world, 'utilities', voice);
    for (const [path, kind] of Object.entries(kinds))
      router.post(`/${path}`, faulty, (ctx) => this.answer(ctx, kind));
    return router;
  }

  private find(kind: Kind, number: string): Household | undefined {
    return this.#keep.value.households.find((each) => each.kind === kind && each.number === number);
  }

  private answer(ctx: Context, kind: Kind): void {
    const text = iconv.decode((ctx.state['bytes'] as Buffer | undefined) ?? Buffer.alloc(0), 'gbk');
    let root: { HEAD?: Record<string, string>; BODY?: Record<string, string> };
    try {
      root = ((parser.parse(text) as { ROOT?: unknown }).ROOT ?? {}) as typeof root;
    } catch {
      root = {};
    }
    const code = root.HEAD?.['TXCODE'] ?? '';
    const serial = root.HEAD?.['SERIAL'] ?? '';
    const [ret, message, body] = this.work(ctx, kind, code, root.BODY ?? {});
    ctx.type = 'text/xml; charset=GBK';
    ctx.body = whole(`${head(code, ret, message, serial)}<BODY>${body}</BODY>`);
  }

  private work(
    ctx: Context,
    kind: Kind,
    code: string,
    body: Record<string, string>,
  ): [ret: string, message: string, body: string] {
    if (code === '3001') return this.dayFile(kind, body['RQ'] ?? '');
    const household = this.find(kind, body['YHBH'] ?? '');
    if (!household) return ['1001', '户号不存在', ''];
    if (household.closed) return ['1003', '该户已销户', ''];
    if (code === '1001') return ['0000', '成功', this.present(household)];
    if (code === '1002')
      return household.name.endsWith(body['YHMC'] ?? '\0') && (body['YHMC'] ?? '') !== ''
        ? ['0000', '成功', '']
        : ['1002', '户名不符', ''];
    if (code === '2001') return this.pay(ctx, household, body);
    return ['9999', '交易码不存在', ''];
  }

  private pay(
    ctx: Context,
    household: Household,
    body: Record<string, string>,
  ): [ret: string, message: string, body: string] {
    const known = this.bookings.find((each) => each.orderNo === body['DDBH']);
    if (known) return ['0000', '成功', `<PJHM>${known.receipt}</PJHM>`];
    const due = arrears(household) + this.late(household);
    if (due === 0) return ['2001', '无欠费', ''];
    const amount = Math.round(Number(body['JFJE']) * 100);
    if (amount !== due) return ['2002', '缴费金额与欠费不一致', ''];
    ctx.state[changes] = true;
    for (const month of household.months) month.paid = true;
    const receipt = `${household.kind === 'gas' ? '3' : '2'}${household.number.slice(-6)}${String(this.bookings.length + 1).padStart(5, '0')}`;
    this.#keep.value.bookings.push({
      ...{ kind: household.kind, number: household.number, amount, receipt },
      ...{ orderNo: body['DDBH'] ?? '', transactionId: body['ZFLSH'] ?? '' },
      paidAt: this.world.now().toISOString(),
    });
    this.#keep.save();
    return ['0000', '成功', `<PJHM>${receipt}</PJHM>`];
  }

  /** Residents pay 1‰ a day from the second month after the reading. */
  private late(household: Household): number {
    const today = localDay(this.world.now());
    return household.months
      .filter((each) => !each.paid)
      .reduce((sum, each) => {
        const read = `${each.readOn.slice(0, 4)}-${each.readOn.slice(4, 6)}-${each.readOn.slice(6)}`;
        const days = Math.max(0, Math.round((Date.parse(today) - Date.parse(read)) / 86_400_000) - 30);
        return sum + Math.round((each.amount * days) / 1000);
      }, 0);
  }

  private present(household: Household): string {
    const of = (name: string, value: string): string => `<${name}>${escaped(value)}</${name}>`;
    const items = household.months
      .slice(0, 12)
      .map(
        (each) =>
          `<ITEM>${of('YF', each.month)}${of('YL', String(each.usage))}${of('DF', yuan(each.amount))}${of('CBRQ', each.readOn)}${of('JFZT', each.paid ? '1' : '0')}</ITEM>`,
      );
    return [
      of('YHBH', household.number),
      of('YHMC', `${household.name.slice(0, 1)}*${household.name.slice(-1)}`),
      of('DZ', household.address),
      of('ZHYE', yuan(household.balance)),
      of('QFJE', yuan(arrears(household))),
      of('WYJ', yuan(this.late(household))),
      `<LIST>${items.join('')}</LIST>`,
    ].join('');
  }

  /** Ready from the next day on. */
  private dayFile(kind: Kind, compact: string): [ret: string, message: string, body: string] {
    const day = `${compact.slice(0, 4)}-${compact.slice(4, 6)}-${compact.slice(6)}`;
    if (day >= localDay(this.world.now())) return ['3001', '对账文件未生成', ''];
    const rows = this.bookings.filter(
      (each) => each.kind === kind && localDay(new Date(each.paidAt)) === day,
    );
    const items = rows.map(
      (each) =>
        `<ITEM><YHBH>${each.number}</YHBH><ZFLSH>${escaped(each.transactionId)}</ZFLSH><JFJE>${yuan(each.amount)}</JFJE></ITEM>`,
    );
    return ['0000', '成功', `<BS>${rows.length}</BS><LIST>${items.join('')}</LIST>`];
  }
}

const arrears = (household: Household): number =>
  household.months.filter((each) => !each.paid).reduce((sum, each) => sum + each.amount, 0);

/** Twelve months of readings for three households, the newest not paid yet. */
function demoHouseholds(today: string): Household[] {
  const months = (usages: readonly number[], fenOf: (usage: number, month: number) => number): Month[] =>
    usages.map((usage, back) => {
      const at = new Date(`${today.slice(0, 7)}-28T00:00:00Z`);
      at.setUTCDate(1);
      at.setUTCMonth(at.getUTCMonth() - 1 - back);
      const month = at.toISOString().slice(0, 7).replace('-', '');
      const amount = fenOf(usage, Number(month.slice(4)));
      return { month, usage, amount, readOn: `${month}28`, paid: back > 0 };
    });
  const household = (kind: Kind, number: string, name: string, rest: Pick<Household, 'months'>) => ({
    ...{ kind, number, name, address: '荔城街道示例路1号', balance: 0, closed: false },
    ...rest,
  });
  const power = [271, 355, 512, 480, 430, 298, 221, 188, 176, 231, 205, 190];
  const gas = [18, 17, 15, 14, 15, 17, 19, 21, 22, 23, 20, 19];
  return [
    household('electricity', '0801180000000017', '王小明', { months: months(power, electricityFen) }),
    household('electricity', '0801180000000025', '陈秀英', {
      months: months(
        power.map((each) => Math.round(each * 0.6)),
        electricityFen,
      ),
    }),
    household('gas', '4401180017', '王小明', { months: months(gas, (usage) => usage * 345) }),
    { ...household('gas', '4401180025', '李强', { months: [] }), closed: true },
  ];
}

/** Guangdong's residential steps, in hundredths of a fen a kWh: higher in summer (May to October), dearer above each step. */
function electricityFen(usage: number, month: number): number {
  const [first, second] = month >= 5 && month <= 10 ? [260, 600] : [200, 400];
  const base = 5885;
  const dearer = Math.max(0, Math.min(usage, second!) - first!) * 500 + Math.max(0, usage - second!) * 3000;
  return Math.round((usage * base + dearer) / 100);
}
