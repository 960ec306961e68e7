import { randomBytes } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import iconv from 'iconv-lite';
import type { Context } from 'koa';
import Router from 'koa-router';
import { changes, playFaults, type Voice } from '../core/faults.ts';
import { Keep } from '../core/keep.ts';
import { localDay, localTime } from '../core/localTime.ts';
import { yuan } from '../core/money.ts';
import { escaped } from '../core/soap.ts';
import type { World } from '../core/world.ts';

const parser = new XMLParser({ ignoreAttributes: true, removeNSPrefix: true, parseTagValue: false });

/** A payment note. Amounts in fen. */
export interface Note {
  /** '' for a 缴款码, which names its unit by itself. */
  unit: string;
  number: string;
  unitName: string;
  payer: string;
  items: { name: string; amount: number }[];
  lateFee: number;
  cancelled: boolean;
}

interface Booking {
  unit: string;
  number: string;
  payNo: string;
  tradeNo: string;
  amount: number;
  paidAt: string;
  receipt: string;
}

interface Data {
  notes: Note[];
  bookings: Booking[];
}

type Fields = Readonly<Record<string, string>>;

const envelope = (result: Fields): string => {
  const inner = Object.entries(result)
    .map(([name, value]) => `<${name}>${escaped(value)}</${name}>`)
    .join('');
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><ns:invokeResponse xmlns:ns="http://nontax.example.gov.cn/"><invokeReturn>${escaped(`<RESULT>${inner}</RESULT>`)}</invokeReturn></ns:invokeResponse></soapenv:Body></soapenv:Envelope>`;
};
const voice: Voice = {
  closed: () => envelope({ returnCode: '299', reason: '系统日终处理中' }),
  broken: () => envelope({ returnCode: '299', reason: '系统错误' }),
  tooMany: () => envelope({ returnCode: '299', reason: '访问过于频繁' }),
};

/** 非税支付: the treasury's system. A login key lives 20 minutes, or until the next login of the unit. */
export class NonTaxSystem {
  readonly #keep: Keep<Data>;
  #login: { key: string; until: number } | null = null;

  constructor(private readonly world: World) {
    this.#keep = new Keep<Data>(world.options.dir, 'nontax', () => ({ notes: demoNotes(), bookings: [] }));
  }

  get bookings(): readonly Booking[] {
    return this.#keep.value.bookings;
  }

  /** Paid at a bank. */
  payElsewhere(number: string): void {
    const note = this.#keep.value.notes.find((each) => each.number === number)!;
    this.add(note, '', `BANK${this.bookings.length + 1}`);
  }

  /** The next call meets 202, as after the key has run out. */
  forgetLogin(): void {
    this.#login = null;
  }

  router(): Router {
    const router = new Router({ prefix: '/nontax' });
    const faulty = playFaults(this.world, 'nontax', voice);
    router.post('/paybill', faulty, (ctx) => this.soap(ctx));
    router.get('/recon/:file', faulty, (ctx) => this.recon(ctx));
    return router;
  }

  private soap(ctx: Context): void {
    ctx.type = 'text/xml; charset=utf-8';
    try {
      const tree = parser.parse(String(ctx.state['body'] ?? '')) as {
        Envelope: { Body: { invoke: { method: string; vo: string } } };
      };
      const { method, vo } = tree.Envelope.Body.invoke;
      const fields = ((parser.parse(vo) as { VO?: Fields }).VO ?? {}) as Fields;
      ctx.body = envelope(this.work(ctx, method, fields));
    } catch {
      ctx.status = 500;
      ctx.body = envelope({ returnCode: '299', reason: '报文格式错误' });
    }
  }

  private work(ctx: Context, method: string, vo: Fields): Fields {
    const now = this.world.wall().getTime();
    if (method === 'login') {
      const { nontax } = this.world.options;
      if (!nontax || vo['unitNO'] !== nontax.unit || vo['password'] !== nontax.password)
        return { returnCode: '201', reason: '单位编码或密码错误' };
      this.#login = { key: randomBytes(12).toString('hex'), until: now + 20 * 60_000 };
      return { returnCode: '100', loginKey: this.#login.key };
    }
    if (!this.#login || vo['loginKey'] !== this.#login.key || now > this.#login.until)
      return { returnCode: '202', reason: '未登录' };
    const note = this.#keep.value.notes.find(
      (each) => each.number === vo['pnNO'] && each.unit === (vo['unitNO'] ?? ''),
    );
    if (!note) return { returnCode: '211', reason: '未查询到缴款通知书' };
    if (method === 'searchPayNote') return { returnCode: '100', ...this.present(note) };
    if (method === 'payNote') return this.pay(ctx, note, vo);
    return { returnCode: '299', reason: '方法不存在' };
  }

  private pay(ctx: Context, note: Note, vo: Fields): Fields {
    const paid = this.paid(note);
    if (paid && paid.payNo === vo['payNo']) return { returnCode: '100', receiptNO: paid.receipt };
    if (paid || note.cancelled)
      return { returnCode: '212', reason: note.cancelled ? '通知书已取消' : '通知书已缴费' };
    if (Math.round(Number(vo['receivedAmt']) * 100) !== total(note))
      return { returnCode: '213', reason: '缴费金额与应缴金额不符' };
    ctx.state[changes] = true;
    return {
      returnCode: '100',
      receiptNO: this.add(note, vo['payNo'] ?? '', vo['channelTradeNo'] ?? '').receipt,
    };
  }

  private paid(note: Note): Booking | undefined {
    return this.bookings.find((each) => each.unit === note.unit && each.number === note.number);
  }

  private present(note: Note): Fields {
    const paid = this.paid(note);
    return {
      status: note.cancelled ? '0' : paid ? '2' : '1',
      unitnm: note.unitName,
      payer: note.payer,
      receivableAmt: yuan(total(note)),
      total_fee: yuan(note.lateFee),
      total_cnt: String(note.items.length),
      ...Object.fromEntries(
        note.items.flatMap(({ name, amount }, index) => [
          [`itemnm${index + 1}`, name],
          [`payamt${index + 1}`, yuan(amount)],
        ]),
      ),
      receivedAmt: paid ? yuan(paid.amount) : '',
      paidTM: paid ? localTime(new Date(paid.paidAt)) : '',
      receiptNO: paid?.receipt ?? '',
    };
  }

  /** Ready from the next day on; GBK. */
  private recon(ctx: Context): void {
    const day = String(ctx.params['file'] ?? '').replace('.txt', '');
    if (day >= localDay(this.world.now())) {
      ctx.status = 404;
      ctx.body = '对账文件未生成';
      return;
    }
    const rows = this.bookings.filter((each) => each.payNo !== '' && localDay(new Date(each.paidAt)) === day);
    const sum = rows.reduce((all, each) => all + each.amount, 0);
    const lines = rows.map(
      (each) => `${each.unit || '000000'}|${each.number}|${each.tradeNo}|${yuan(each.amount)}|非税收入`,
    );
    ctx.type = 'text/plain; charset=GBK';
    ctx.body = iconv.encode([...lines, `TOTAL|${rows.length}|${yuan(sum)}`].join('\r\n'), 'gbk');
  }

  private add(note: Note, payNo: string, tradeNo: string): Booking {
    const made: Booking = {
      ...{ unit: note.unit, number: note.number, payNo, tradeNo, amount: total(note) },
      paidAt: this.world.now().toISOString(),
      receipt: `00${String(26_000_000 + this.bookings.length + 1)}`,
    };
    this.#keep.value.bookings.push(made);
    this.#keep.save();
    return made;
  }
}

const total = (note: Note): number => note.items.reduce((sum, each) => sum + each.amount, 0) + note.lateFee;

function demoNotes(): Note[] {
  const of = (
    unit: string,
    number: string,
    unitName: string,
    payer: string,
    name: string,
    amount: number,
  ) => ({
    ...{ unit, number, unitName, payer, items: [{ name, amount }], lateFee: 0, cancelled: false },
  });
  return [
    of('118001', '1802600000123', '增城区住房和城乡建设局', '王*明', '城市道路占用挖掘修复费', 20_000),
    of('', '44011826000000012345', '增城区不动产登记中心', '王*明', '不动产登记费', 8000),
    { ...of('118001', '1802600000131', '增城区住房和城乡建设局', '李*', '污水处理费', 36_050), lateFee: 720 },
    { ...of('118001', '1802600000149', '增城区水务局', '李*', '水资源费', 5000), cancelled: true },
  ];
}
