import { randomBytes } from 'node:crypto';
import iconv from 'iconv-lite';
import type { Context } from 'koa';
import Router from 'koa-router';
import type { Row } from '../accept/shapes.ts';
import { jsonOf } from '../core/body.ts';
import { Codes } from '../core/codes.ts';
import { playFaults, type Voice } from '../core/faults.ts';
import { gatewayHeadersOf, gatewayRefusal } from '../core/gateway.ts';
import { Keep } from '../core/keep.ts';
import { localTime } from '../core/localTime.ts';
import { answerFault, answerFocus, escaped, flatXml, focusCall, resultXml } from '../core/soap.ts';
import type { World } from '../core/world.ts';
import { demoRows } from './demoCases.ts';
import { portalView } from './portal.ts';

const voice: Voice = {
  closed: () => ({ code: '500', msg: '系统维护中' }),
  broken: () => ({ code: '500', msg: '系统异常' }),
  tooMany: () => ({ code: '429', msg: '访问过于频繁' }),
};

/** A row in the front table (前置机). */
interface FrontRow extends Row {
  id: number;
  /** REC_FLAG: taken by the other side. */
  taken: boolean;
  inserted: string;
  responded: string;
}

interface Data {
  rows: FrontRow[];
  serial: number;
}

/** 办事进度: the exchange set of all channels, pushed by SOAP and kept in a front table, and the portal's query by name and number. */
export class ProgressSystem {
  readonly #keep: Keep<Data>;
  readonly #captchas = new Codes<string>(5 * 60_000);
  readonly #answers = new Map<string, string>();
  readonly #misses = new Map<string, number[]>();
  #push: Promise<void> = Promise.resolve();
  #held: FrontRow[] = [];
  /** Off: rows only gather in the front table. */
  pushes = true;

  constructor(private readonly world: World) {
    this.#keep = new Keep<Data>(world.options.dir, 'progress', () => ({ rows: [], serial: 0 }));
  }

  get rows(): readonly FrontRow[] {
    return this.#keep.value.rows;
  }

  reset(): void {
    this.#keep.replace({ rows: [], serial: 0 });
    this.#misses.clear();
  }

  /** Cases of other channels for a demo; once. */
  addDemoCases(): void {
    if (this.rows.some(({ fields }) => fields['SBLSH_SHORT']?.slice(14) === '900101')) return;
    for (const row of demoRows(this.world.now())) this.add(row);
  }

  /** Something happened to a case, in any channel. */
  add(row: Row): void {
    const data = this.#keep.value;
    data.serial += 1;
    const front: FrontRow = {
      ...row,
      fields: { ...row.fields },
      id: data.serial,
      taken: false,
      inserted: localTime(this.world.now()),
      responded: '',
    };
    data.rows.push(front);
    this.#keep.save();
    if (!this.pushes || !this.world.options.hallUrl) return;
    this.#held.push(front);
    this.#push = this.#push.then(() => this.pushHeld());
  }

  /** Everything that was to be pushed has been tried. */
  settled(): Promise<void> {
    return this.#push;
  }

  /** The answer to a captcha, for tests and for people who look at the stand-in's page. */
  answerOf(token: string): string | undefined {
    return this.#answers.get(token);
  }

  router(): Router {
    const router = new Router({ prefix: '/progress' });
    const faulty = playFaults(this.world, 'progress', voice);
    const gateway = (ctx: Context): boolean => {
      const refused = gatewayRefusal(ctx, this.world.options.gateway, this.world.wall());
      if (refused) ctx.body = refused;
      return refused === null;
    };
    router.get('/front/rows', faulty, (ctx) => {
      if (!gateway(ctx)) return;
      const limit = Math.min(Number(ctx.query['limit']) || 200, 500);
      const { dupCallback, outOfOrder } = this.world.profile('progress');
      let list = this.rows.filter(({ taken }) => !taken).slice(0, limit);
      if (dupCallback > 1) list = list.flatMap((row) => Array<FrontRow>(dupCallback).fill(row));
      if (outOfOrder) list = [...list].reverse();
      ctx.body = {
        code: '0',
        list: list.map((row) => ({
          ROW_ID: String(row.id),
          REC_FLAG: '0',
          INSERTTIME: row.inserted,
          DATA: batchXml(row.table, [row.fields]),
        })),
      };
    });
    router.post('/front/taken', faulty, (ctx) => {
      if (!gateway(ctx)) return;
      const ids = jsonOf(ctx)['ids'];
      for (const id of Array.isArray(ids) ? ids : []) {
        const row = this.#keep.value.rows.find((each) => String(each.id) === String(id));
        if (row) this.take(row);
      }
      this.#keep.save();
      ctx.body = { code: '0', msg: '成功' };
    });
    router.post('/services/exchange', faulty, (ctx) => this.soap(ctx));
    router.get('/portal/api/v2/qyzx/getVerifyCode', faulty, (ctx) => {
      if (ctx.query['type'] !== 'BJJD') {
        ctx.body = { code: '400', msg: '参数错误' };
        return;
      }
      const answer = [...randomBytes(4)].map((byte) => 'ACDEFHJKLMNPRTUVWXY3479'[byte % 23]!).join('');
      const token = this.#captchas.make(answer, this.world.wall());
      this.#answers.set(token, answer);
      if (this.#answers.size > 500) this.#answers.clear();
      ctx.body = { code: '200', data: { token, image: drawn(answer) } };
    });
    router.post('/portal/api/v2/has-progress', faulty, (ctx) => this.query(ctx));
    return router;
  }

  /** All rows of one case: `QUERY` with SBLSH_SHORT. */
  private soap(ctx: Context): void {
    const call = focusCall(ctx);
    if (!call) {
      answerFault(ctx, '报文格式错误');
      return;
    }
    if (call.sIdentify !== this.world.options.gateway.paasId) {
      answerFault(ctx, '接入标识无效');
      return;
    }
    const number = flatXml(call.sXml, 'QUERY')?.['SBLSH_SHORT'] ?? '';
    if (call.sTable !== 'QUERY' || number === '') {
      answerFocus(ctx, resultXml('1', '参数错误'));
      return;
    }
    const found = this.rows.filter(({ fields }) => fields['SBLSH_SHORT'] === number);
    const batches = found.map((row) => batchXml(row.table, [row.fields]).replace(/^<\?xml[^>]*\?>/, ''));
    answerFocus(ctx, `<SET><CODE>0</CODE>${batches.join('')}</SET>`);
  }

  private query(ctx: Context): void {
    const { sqrmc, sblsh, captcha, captcha_type: type, captcha_token: token } = jsonOf(ctx);
    const signed = ctx.get('x-tif-signature') !== '';
    if (signed) {
      const refused = gatewayRefusal(ctx, this.world.options.gateway, this.world.wall());
      if (refused) {
        ctx.body = refused;
        return;
      }
    } else {
      const used = this.#captchas.use(String(token ?? ''), this.world.wall());
      const right = 'value' in used && used.value === String(captcha ?? '').toUpperCase() && type === 'BJJD';
      if (!right) {
        ctx.body = { code: '25034', msg: '验证码错误' };
        return;
      }
    }
    const number = String(sblsh ?? '');
    const now = this.world.wall().getTime();
    const misses = (this.#misses.get(number) ?? []).filter((at) => now - at < 15 * 60_000);
    if (misses.length >= 5) {
      ctx.body = { code: '25035', msg: '查询过于频繁，请15分钟后再试' };
      return;
    }
    const rows = this.rows.filter(({ fields }) => fields['SBLSH_SHORT'] === number);
    const applied = rows.find(({ table }) => table === 'EX_GDBS_SB');
    if (!applied || applied.fields['SQRMC'] !== String(sqrmc ?? '').trim()) {
      this.#misses.set(number, [...misses, now]);
      ctx.body = { code: '200', data: { bjjd: [] } };
      return;
    }
    ctx.body = { code: '200', data: { bjjd: [portalView(rows)] } };
  }

  private take(row: FrontRow): void {
    row.taken = true;
    row.responded = localTime(this.world.now());
  }

  /** Each row is pushed once; what is not acknowledged stays in the front table. */
  private async pushHeld(): Promise<void> {
    const { dupCallback, outOfOrder } = this.world.profile('progress');
    const batch = outOfOrder ? [...this.#held].reverse() : this.#held;
    this.#held = [];
    for (const row of batch)
      for (let i = 0; i < Math.max(1, dupCallback); i++) if (await this.push(row)) this.take(row);
    if (batch.length > 0) this.#keep.save();
  }

  private async push(row: FrontRow): Promise<boolean> {
    const { hallUrl, gateway } = this.world.options;
    const xml = `<?xml version="1.0" encoding="GBK"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:e="http://exchange.example.gov.cn/"><soapenv:Header/><soapenv:Body><e:setDataXmlToFocus><e:sIdentify>${gateway.paasId}</e:sIdentify><e:sTable>${row.table}</e:sTable><e:sXml>${escaped(batchXml(row.table, [row.fields]))}</e:sXml></e:setDataXmlToFocus></soapenv:Body></soapenv:Envelope>`;
    try {
      const answer = await fetch(`${hallUrl}/government/progress/exchange`, {
        method: 'POST',
        headers: {
          'content-type': 'text/xml; charset=GBK',
          soapaction: '"setDataXmlToFocus"',
          ...gatewayHeadersOf(gateway, this.world.wall()),
        },
        body: new Uint8Array(iconv.encode(xml, 'gbk')),
        signal: AbortSignal.timeout(5000),
      });
      return answer.ok && /&lt;CODE&gt;0&lt;/.test(await answer.text());
    } catch {
      return false;
    }
  }
}

const batchXml = (table: string, rows: readonly Record<string, string>[]): string =>
  `<?xml version="1.0" encoding="GBK"?><DATA table="${table}">${rows
    .map(
      (fields) =>
        `<ROW>${Object.entries(fields)
          .map(([name, value]) => `<${name}>${escaped(value)}</${name}>`)
          .join('')}</ROW>`,
    )
    .join('')}</DATA>`;

/** Four letters, each turned a little, with lines through them. */
function drawn(answer: string): string {
  const letters = [...answer].map((letter, i) => {
    const turn = ((letter.charCodeAt(0) * 7) % 50) - 25;
    return `<text x="${18 + i * 28}" y="34" transform="rotate(${turn} ${18 + i * 28} 26)">${letter}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="130" height="48" viewBox="0 0 130 48" role="img"><rect width="130" height="48" fill="#eef2f2"/><path d="M4 12 L126 38 M6 40 L124 10" stroke="#9ab" stroke-width="1.5"/><g font-family="monospace" font-size="30" fill="#274b54">${letters.join('')}</g></svg>`;
}
