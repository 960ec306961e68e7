import type { Context } from 'koa';
import Router from 'koa-router';
import { jsonOf } from '../core/body.ts';
import type { CallbackQueue } from '../core/callbackQueue.ts';
import { changes, playFaults, type Voice } from '../core/faults.ts';
import { gatewayRefusal } from '../core/gateway.ts';
import { Keep } from '../core/keep.ts';
import { textPdf } from '../core/pdf.ts';
import { answerFault, answerFocus, flatXml, focusCall, resultXml } from '../core/soap.ts';
import type { World } from '../core/world.ts';
import { type CaseNews, caseCallbacks } from './callbacks.ts';
import { checkedFile, FileRoom } from './files.ts';
import { FormShelf } from './forms.ts';
import { mergeSupplement, openCase } from './intake.ts';
import { type Act, perform, takeBack, takeSupplement } from './life.ts';
import { nextAct } from './pace.ts';
import { acceptPage } from './page.ts';
import { takeReport } from './report.ts';
import { type AcceptCase, Refusal, type Row, type StoredFile } from './shapes.ts';
import { canonical, newPair, verified } from './sign.ts';

const closedWords = '系统维护 22:30-06:30';
const voice: Voice = {
  closed: () => ({ code: 9001, msg: closedWords }),
  broken: () => ({ code: 9999, msg: '系统繁忙' }),
  tooMany: () => ({ code: 9999, msg: '访问过于频繁' }),
};

interface Data {
  cases: AcceptCase[];
  files: StoredFile[];
  serials: Record<string, number>;
}

type Fields = Record<string, unknown>;

/** 综合受理: forms, files, submissions by JSON or SOAP, and the life of a case. */
export class AcceptSystem {
  readonly #keep: Keep<Data>;
  readonly #files: FileRoom;
  readonly forms = new FormShelf();
  readonly callbacks: CallbackQueue<CaseNews>;
  /** The key that checks our callbacks. */
  readonly publicKey: string;
  /** Told of every row of every case: the progress exchange. */
  onRow: (row: Row) => void = () => {};
  /** Makes an e-licence of the type for the applicant, and answers its code. */
  issueLicence: (found: AcceptCase, type: string) => string = () => '';
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly world: World) {
    this.#keep = new Keep<Data>(world.options.dir, 'accept', () => ({ cases: [], files: [], serials: {} }));
    this.#files = new FileRoom(world.options.dir);
    const pair = world.options.accept?.own ?? newPair();
    this.publicKey = pair.publicKey;
    this.callbacks = caseCallbacks(world, pair.privateKey);
    const paceMs = world.options.accept?.paceMs;
    if (world.options.hallUrl || paceMs)
      this.#timer = setInterval(() => this.tick(world.now()), 1000).unref();
  }

  get cases(): readonly AcceptCase[] {
    return this.#keep.value.cases;
  }

  find(number: string): AcceptCase | undefined {
    return this.cases.find(({ sblshShort, bizNo }) => sblshShort === number || bizNo === number);
  }

  /** A file as it was uploaded. */
  file(id: string): { name: string; bytes: Buffer } | null {
    const stored = this.#keep.value.files.find((each) => each.id === id);
    const bytes = this.#files.get(id);
    return stored && bytes ? { name: stored.name, bytes } : null;
  }

  reset(): void {
    this.#keep.replace({ cases: [], files: [], serials: {} });
    this.callbacks.forget();
  }

  close(): void {
    clearInterval(this.#timer);
    this.callbacks.forget();
  }

  /** What an official there does. Throws Refusal. */
  act(number: string, what: Act, now = this.world.now()): AcceptCase {
    const found = this.need(number);
    const type =
      what.act === 'decide' && what.verdict === '0' ? this.forms.plan(found.taskCode).licenceType : null;
    const moment = {
      now,
      serial: (kind: string) => this.serial(kind),
      licence: () => (type === null ? '' : this.issueLicence(found, type)),
    };
    const rows = perform(found, what, moment);
    if (what.act === 'special') found.byHand = true; // somebody has to end it
    this.tell(found, rows);
    return found;
  }

  /** Leaves a case to people: the automatic pace does not touch it. */
  holdByHand(number: string): void {
    this.need(number).byHand = true;
    this.#keep.save();
  }

  /** The office's day: limits of corrections that passed, and the automatic pace of the demo. */
  tick(now: Date): number {
    this.callbacks.pump();
    const paceMs = this.world.options.accept?.paceMs;
    let done = 0;
    for (const found of this.cases) {
      const act = nextAct(found, this.forms, now, paceMs);
      if (!act) continue;
      this.act(found.sblshShort, act, now);
      done += 1;
    }
    return done;
  }

  router(): Router {
    const router = new Router({ prefix: '/accept' });
    const faulty = playFaults(this.world, 'accept', voice);
    const json = (handle: (ctx: Context) => unknown) => (ctx: Context) => {
      const refused = gatewayRefusal(ctx, this.world.options.gateway, this.world.wall());
      if (refused) {
        ctx.body = refused;
        return;
      }
      try {
        const body = handle(ctx);
        if (body !== undefined) ctx.body = body;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        ctx.body = { code: error.code, msg: error.message };
      }
    };
    router.get('/page', acceptPage(this));
    router.get(
      '/api/forms',
      faulty,
      json(() => ({ code: 0, list: this.forms.listing() })),
    );
    router.get(
      '/api/form',
      faulty,
      json((ctx) => this.form(ctx)),
    );
    router.post('/api/file', faulty, async (ctx) => {
      const form = await multipart(ctx);
      json(() => this.upload(ctx, form))(ctx);
    });
    for (const name of ['submit', 'supplement', 'withdraw', 'report'] as const)
      router.post(
        `/api/${name}`,
        faulty,
        json((ctx) => {
          const body = jsonOf(ctx);
          const { signature, ...unsigned } = body;
          this.checkSignature(
            canonical(unsigned),
            String((signature as Fields | undefined)?.['value'] ?? ''),
          );
          ctx.state[changes] = true;
          return { code: 0, msg: '成功', ...this[name](body) };
        }),
      );
    router.get(
      '/api/case',
      faulty,
      json((ctx) => ({ code: 0, data: this.receiptOf(String(ctx.query['bizNo'] ?? '')) })),
    );
    router.get(
      '/api/events',
      faulty,
      json((ctx) => ({
        code: 0,
        list: this.need(String(ctx.query['sblshShort'])).rows.map(({ table, fields }) => ({
          table,
          row: fields,
        })),
      })),
    );
    router.get(
      '/api/result',
      faulty,
      json((ctx) => {
        const { documents, licenceCode, trackingNumber } = this.need(String(ctx.query['sblshShort']));
        return {
          code: 0,
          documents: documents.map(({ lines: _, ...rest }) => rest),
          licenceCode,
          trackingNumber,
        };
      }),
    );
    router.get(
      '/api/document',
      faulty,
      json((ctx) => {
        const found = this.need(String(ctx.query['sblshShort'])).documents.find(
          ({ id }) => id === ctx.query['id'],
        );
        if (!found) throw new Refusal(4105, '文件不存在或已过期');
        const bytes = textPdf(found.name.replace(/\.pdf$/, ''), found.lines);
        return { code: 0, file_name: found.name, mime: found.mime, file_data: bytes.toString('base64') };
      }),
    );
    router.post('/services/focus', playFaults(this.world, 'accept', soapVoice), (ctx) => this.soap(ctx));
    return router;
  }

  /** APPROVEDATAINFO (EXPRESSTYPE 0 业务受理, 1 补正), WITHDRAWINFO and QUERYINFO; the reply's CODE is 1 for yes, 0 for no. */
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
    try {
      const fields = flatXml(call.sXml, call.sTable);
      if (!fields) throw new Refusal(4003, '报文解析失败');
      if (call.sTable === 'QUERYINFO') {
        const receipt = this.receiptOf(fields['BIZNO'] ?? '');
        answerFocus(ctx, receipt ? resultXml('1', '成功', upper(receipt)) : resultXml('1', '未查到', {}));
        return;
      }
      const body = soapBody(call.sTable, fields);
      const unsigned = call.sXml.replace(/<SIGNATURE>[^<]*<\/SIGNATURE>/, '');
      this.checkSignature(unsigned, fields['SIGNATURE'] ?? '');
      ctx.state[changes] = true;
      const answer =
        call.sTable === 'WITHDRAWINFO'
          ? this.withdraw(body)
          : fields['EXPRESSTYPE'] === '1'
            ? this.supplement(body)
            : this.submit(body);
      answerFocus(ctx, resultXml('1', '成功', upper(answer)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answerFocus(ctx, resultXml('0', error.message, { ERRCODE: String(error.code) }));
    }
  }

  private submit(body: Fields): Record<string, string> {
    const bizNo = String(body['bizNo'] ?? '');
    if (!/^[\w-]{6,64}$/.test(bizNo)) throw new Refusal(4003, 'bizNo格式错误');
    if (!this.find(bizNo)) {
      const opened = openCase(body, this.intake());
      this.#keep.value.cases.push(opened);
      this.tell(opened, opened.rows);
    }
    return this.receiptOf(bizNo)!;
  }

  private supplement(body: Fields): Record<string, string> {
    const found = this.need(String(body['sblshShort'] ?? ''));
    const number = String(body['bzNo'] ?? '');
    if (found.supplements.includes(number)) return {};
    if (found.stage !== 'correction') throw new Refusal(4302, '没有要求补正');
    const from = found.rows.length;
    const before = structuredClone(found);
    try {
      mergeSupplement(found, body, this.intake());
      takeSupplement(found, this.world.now());
    } catch (error) {
      Object.assign(found, before);
      throw error;
    }
    found.supplements.push(number);
    this.tell(found, found.rows.slice(from));
    return {};
  }

  private withdraw(body: Fields): Record<string, string> {
    const found = this.need(String(body['sblshShort'] ?? ''));
    const already = found.rows.some(({ fields }) => fields['BJJGMS']?.startsWith('申请人撤回'));
    if (!already) this.tell(found, [takeBack(found, String(body['reason'] ?? ''), this.world.now())]);
    return {};
  }

  private report(body: Fields): Record<string, string> {
    const found = this.need(String(body['bizNo'] ?? ''));
    const row = { table: String(body['table']), fields: textsOf(body['row']) };
    row.fields = { ...row.fields, SBLSH_SHORT: found.sblshShort, SXBM: found.taskCode };
    if (!takeReport(found, row, this.world.now())) return {};
    this.#keep.save();
    this.onRow(row);
    return {};
  }

  private receiptOf(bizNo: string): Record<string, string> | null {
    const found = bizNo === '' ? undefined : this.cases.find((each) => each.bizNo === bizNo);
    return found ? { sblsh: found.sblsh, sblshShort: found.sblshShort, ywcxmm: found.queryCode } : null;
  }

  private form(ctx: Context): unknown {
    const version = ctx.query['version'] === undefined ? null : Number(ctx.query['version']);
    const found = this.forms.find(String(ctx.query['taskCode'] ?? ''), version);
    if (!found) throw new Refusal(4001, '事项不存在或不可网上申办');
    return { code: 0, form: found.definition };
  }

  private upload(ctx: Context, form: Upload | null): unknown {
    if (!form) throw new Refusal(4003, '上传报文格式错误');
    const { bizFileNo, name, md5, sm3, bytes } = form;
    checkedFile(name, bytes, { md5, sm3 });
    ctx.state[changes] = true;
    const same = this.#keep.value.files.find((each) => each.bizFileNo === bizFileNo && each.md5 === md5);
    if (same) return { code: 0, fileId: same.id };
    const file: StoredFile = {
      id: `F${String(this.serial('file')).padStart(10, '0')}`,
      ...{ bizFileNo, name, md5, sm3, size: bytes.length },
    };
    this.#files.put(file, bytes);
    this.#keep.value.files.push(file);
    this.#keep.save();
    return { code: 0, fileId: file.id };
  }

  private intake(): Parameters<typeof openCase>[1] {
    return {
      now: this.world.now(),
      serial: (kind) => this.serial(kind),
      form: (taskCode, version) => this.forms.find(taskCode, version),
      file: (id) => this.#keep.value.files.find((each) => each.id === id),
    };
  }

  private tell(found: AcceptCase, rows: readonly Row[]): void {
    this.#keep.save();
    for (const row of rows) {
      this.callbacks.add({ bizNo: found.bizNo, seq: found.rows.indexOf(row) + 1, row });
      this.onRow(row);
    }
  }

  private checkSignature(text: string, signature: string): void {
    if (!verified(this.world.options.accept?.hallPublicKey, text, signature))
      throw new Refusal(4201, '签名验证失败');
  }

  private need(number: string): AcceptCase {
    const found = this.find(number);
    if (!found) throw new Refusal(4301, '办件不存在');
    return found;
  }

  private serial(kind: string): number {
    const { serials } = this.#keep.value;
    serials[kind] = (serials[kind] ?? 0) + 1;
    return serials[kind];
  }
}

const soapVoice: Voice = {
  closed: () => soapText('0', closedWords, '9001'),
  broken: () => soapText('0', '系统繁忙', '9999'),
  tooMany: () => soapText('0', '访问过于频繁', '9999'),
};

function soapText(code: string, words: string, error: string): string {
  const fake = { type: '', body: '' };
  answerFocus(fake as unknown as Context, resultXml(code, words, { ERRCODE: error }));
  return fake.body;
}

const upper = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toUpperCase(), value]));

const textsOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typeof value === 'object' && value !== null ? value : {}).map(([name, each]) => [
      name,
      String(each),
    ]),
  );

/** The flat XML of a push as the JSON call would have sent it. */
function soapBody(table: string, fields: Record<string, string>): Fields {
  const of = (name: string): string => fields[name] ?? '';
  const parsed = (name: string): unknown => {
    try {
      return JSON.parse(of(name) || 'null');
    } catch {
      throw new Refusal(4003, `报文解析失败：${name}`);
    }
  };
  if (table === 'WITHDRAWINFO') return { sblshShort: of('SBLSH_SHORT'), reason: of('CHYY') };
  if (table !== 'APPROVEDATAINFO') throw new Refusal(4003, '未知的数据表');
  return {
    bizNo: of('BIZNO'),
    bzNo: of('BZNO'),
    sblshShort: of('SBLSH_SHORT'),
    taskCode: of('SXBM'),
    formId: of('FORMID'),
    formVersion: Number(of('FORMVERSION')),
    situation: of('SXQXBM'),
    applicant: fields,
    agent: fields,
    WSSBQD: of('WSSBQD'),
    OBTAIN_PAPER_WAY: of('OBTAIN_PAPER_WAY'),
    RGHC: of('RGHC'),
    delivery: { SJDZ: of('SJDZ') },
    form: parsed('FORM_DATA'),
    materials: parsed('MATERIALS'),
  };
}

interface Upload {
  bizFileNo: string;
  name: string;
  md5: string;
  sm3: string;
  bytes: Buffer;
}

async function multipart(ctx: Context): Promise<Upload | null> {
  try {
    const bytes = (ctx.state['bytes'] as Buffer | undefined) ?? Buffer.alloc(0);
    const form = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': ctx.get('content-type') },
    }).formData();
    const file = form.get('file');
    if (!(file instanceof Blob)) return null;
    const of = (name: string): string => String(form.get(name) ?? '');
    return {
      bizFileNo: of('bizFileNo'),
      name: of('fileName'),
      md5: of('md5').toLowerCase(),
      sm3: of('sm3').toLowerCase(),
      bytes: Buffer.from(await file.arrayBuffer()),
    };
  } catch {
    return null;
  }
}
