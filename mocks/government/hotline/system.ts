import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import Router from 'koa-router';
import { jsonOf } from '../core/body.ts';
import { changes, playFaults, type Voice } from '../core/faults.ts';
import { gatewayRefusal } from '../core/gateway.ts';
import { Keep } from '../core/keep.ts';
import { localDay, localTime } from '../core/localTime.ts';
import type { World } from '../core/world.ts';
import { TicketCallbacks } from './callbacks.ts';
import { checkedFiles, openTicket } from './intake.ts';
import { KnowledgeShelf, type StoredEntry } from './knowledge.ts';
import { type Act, followMaster, perform, rated } from './life.ts';
import { nextAct } from './pace.ts';
import { hotlinePage } from './page.ts';
import { Refusal, type StoredFile, type Ticket, type TicketEvent } from './shapes.ts';

const voice: Voice = {
  closed: () => ({ code: 9001, msg: '系统升级维护中' }),
  broken: () => ({ code: 9999, msg: '系统繁忙' }),
  tooMany: () => ({ code: 9999, msg: '访问过于频繁' }),
};

const mimes = ['image/jpeg', 'image/png', 'application/pdf', 'video/mp4'];

interface Data {
  tickets: Ticket[];
  files: StoredFile[];
  serials: Record<string, number>;
  entries: StoredEntry[] | null;
}

type Fields = Record<string, unknown>;
const fresh = (): Data => ({ tickets: [], files: [], serials: {}, entries: null });

/** 12345: tickets from the hall, their life among departments, callbacks, the knowledge base. */
export class HotlineSystem {
  readonly #keep: Keep<Data>;
  readonly callbacks: TicketCallbacks;
  readonly knowledge: KnowledgeShelf;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly world: World) {
    this.#keep = new Keep<Data>(world.options.dir, 'hotline', fresh);
    const { hotline, hallUrl } = world.options;
    this.callbacks = new TicketCallbacks(world, hotline?.key ?? '');
    this.knowledge = new KnowledgeShelf(this.#keep.value.entries, world.now(), (entries) => {
      this.#keep.value.entries = entries;
      this.#keep.save();
    });
    if (hallUrl || hotline?.paceMs) this.#timer = setInterval(() => this.tick(world.now()), 1000).unref();
  }

  get tickets(): readonly Ticket[] {
    return this.#keep.value.tickets;
  }

  /** By 诉求编号 or by the hall's number. */
  find(number: string): Ticket | undefined {
    return this.tickets.find(({ appealNo, bizNo }) => appealNo === number || bizNo === number);
  }

  close(): void {
    clearInterval(this.#timer);
    this.callbacks.forget();
  }

  /** What a person there does. Throws Refusal. */
  act(number: string, what: Act, now = this.world.now()): Ticket {
    const ticket = this.need(number);
    if (what.act === 'merge') {
      const master = this.find(what.into);
      if (!master || master === ticket || master.masterNo !== '') throw new Refusal(4301, '主件不存在');
    }
    const event = perform(ticket, what, now);
    if (what.act === 'followUp' && what.satisfaction !== '4') ticket.rated = true;
    this.tell(ticket, event);
    return ticket;
  }

  /** Leaves a ticket to people: the automatic pace does not touch it. */
  holdByHand(number: string): void {
    this.need(number).byHand = true;
    this.#keep.save();
  }

  /** The automatic pace of the demo, and callbacks whose turn it is. */
  tick(now: Date): number {
    this.callbacks.pump();
    const paceMs = this.world.options.hotline?.paceMs;
    let done = 0;
    for (const ticket of this.tickets) {
      const act = nextAct(ticket, now, paceMs);
      if (!act) continue;
      this.act(ticket.appealNo, act, now);
      done += 1;
    }
    return done;
  }

  router(): Router {
    const router = new Router({ prefix: '/hotline' });
    const faulty = playFaults(this.world, 'hotline', voice);
    const json = (handle: (ctx: Context) => Fields) => (ctx: Context) => {
      const refused = gatewayRefusal(ctx, this.world.options.gateway, this.world.wall());
      if (refused) {
        ctx.body = refused;
        return;
      }
      try {
        ctx.body = { code: 0, msg: '成功', ...handle(ctx) };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        ctx.body = { code: error.code, msg: error.message };
      }
    };
    router.get('/page', hotlinePage(this));
    router.post(
      '/api/appeal',
      faulty,
      json((ctx) => this.create(ctx)),
    );
    router.get(
      '/api/appeal',
      faulty,
      json((ctx) => ({ data: this.receiptOf(String(ctx.query['bizNo'] ?? '')) })),
    );
    router.post(
      '/api/file',
      faulty,
      json((ctx) => this.upload(ctx)),
    );
    router.get(
      '/api/knowledge',
      faulty,
      json((ctx) => this.knowledge.page(ctx.query)),
    );
    router.get(
      '/api/appeal/:number',
      faulty,
      json((ctx) => ({ data: shown(this.needWithCode(ctx, ctx.query['queryCode'])) })),
    );
    for (const name of ['supplement', 'urge', 'rate'] as const)
      router.post(
        `/api/appeal/:number/${name}`,
        faulty,
        json((ctx) => {
          const body = jsonOf(ctx);
          const ticket = this.needWithCode(ctx, body['queryCode']);
          const bizNo = String(body['bizNo'] ?? '');
          if (!/^[\w-]{6,64}$/.test(bizNo)) throw new Refusal(4001, 'bizNo格式错误');
          ctx.state[changes] = true;
          return this[name](ticket, bizNo, body);
        }),
      );
    return router;
  }

  private create(ctx: Context): Fields {
    const body = jsonOf(ctx);
    const bizNo = String(body['bizNo'] ?? '');
    if (!/^[\w-]{6,64}$/.test(bizNo)) throw new Refusal(4001, 'bizNo格式错误');
    ctx.state[changes] = true;
    const { tickets, serials } = this.#keep.value;
    if (!tickets.some((each) => each.bizNo === bizNo)) {
      const ticket = openTicket(body, {
        now: this.world.now(),
        file: (id) => this.file(id),
        queryCode: () => String(100_000 + this.world.random.integer(900_000)),
        serial: (day) => {
          serials[day] = (serials[day] ?? 0) + 1;
          return serials[day];
        },
      });
      tickets.push(ticket);
      this.tell(ticket, ticket.events[0]!);
    }
    return this.receiptOf(bizNo)!;
  }

  private supplement(ticket: Ticket, bizNo: string, body: Fields): Fields {
    if (ticket.supplements.some((each) => each.bizNo === bizNo)) return {};
    if ([70, 80, 90].includes(ticket.status)) throw new Refusal(4302, '诉求已办结，不能补充');
    const content = String(body['content'] ?? '').trim();
    if (content === '' || [...content].length > 1000) throw new Refusal(4001, '补充内容应为1至1000字');
    const attachments = checkedFiles(body['attachments'], { file: (id) => this.file(id) });
    const before = ticket.supplements.reduce((sum, each) => sum + each.attachments.length, 0);
    if (ticket.attachments.length + before + attachments.length > 9)
      throw new Refusal(4102, '附件合计不得超过9个');
    ticket.supplements.push({ bizNo, content, attachments, at: localTime(this.world.now()) });
    this.#keep.save();
    return {};
  }

  private urge(ticket: Ticket, bizNo: string, body: Fields): Fields {
    if (ticket.urges.some((each) => each.bizNo === bizNo)) return {};
    if (![20, 30, 35, 40, 45, 95].includes(ticket.status)) throw new Refusal(4302, '当前状态不能催办');
    const content = String(body['content'] ?? '').trim();
    if ([...content].length > 200) throw new Refusal(4001, '催办内容不得超过200字');
    const now = this.world.now();
    if (localTime(now) < ticket.halfTime) throw new Refusal(4303, `${ticket.halfTime}后可以催办`);
    if (ticket.urges.some(({ at }) => at.startsWith(localDay(now))))
      throw new Refusal(4304, '今天已经催办过了');
    ticket.urges.push({ bizNo, content, at: localTime(now) });
    this.#keep.save();
    return {};
  }

  private rate(ticket: Ticket, bizNo: string, body: Fields): Fields {
    const same = ticket.ratings.find((each) => each.bizNo === bizNo);
    if (same) return { redo: same.redo ? '1' : '0' };
    if (ticket.status !== 60 && ticket.status !== 70) throw new Refusal(4302, '当前状态不能评价');
    if (ticket.rated) throw new Refusal(4305, '已经评价过了');
    const satisfaction = String(body['satisfaction'] ?? '');
    if (!/^[123]$/.test(satisfaction)) throw new Refusal(4001, '满意度错误');
    const content = String(body['content'] ?? '').trim();
    if ([...content].length > 500) throw new Refusal(4001, '评价内容不得超过500字');
    if (satisfaction === '3' && content === '') throw new Refusal(4001, '请填写不满意的原因');
    const now = this.world.now();
    const wasClosed = ticket.status === 70;
    ticket.rated = true;
    const redo = satisfaction === '3' && !ticket.redone;
    ticket.ratings.push({ bizNo, satisfaction, content, redo, at: localTime(now) });
    // What was closed because nobody could be reached stays closed, unless it is to be done again.
    if (!wasClosed || redo) this.tell(ticket, rated(ticket, satisfaction, '', now));
    else this.#keep.save();
    return { redo: redo ? '1' : '0' };
  }

  private upload(ctx: Context): Fields {
    const { bizFileNo, name, md5 } = ctx.query;
    const bytes = (ctx.state['bytes'] as Buffer | undefined) ?? Buffer.alloc(0);
    const mime = ctx.get('content-type');
    if (!mimes.includes(mime)) throw new Refusal(4103, '仅支持jpg、png、pdf、mp4');
    if (bytes.length > 5 * 1024 * 1024) throw new Refusal(4101, '文件不得超过5MB');
    const own = createHash('md5').update(bytes).digest('hex');
    if (bytes.length === 0 || own !== String(md5).toLowerCase()) throw new Refusal(4104, '文件校验失败');
    ctx.state[changes] = true;
    const { files, serials } = this.#keep.value;
    const same = files.find((each) => each.bizFileNo === bizFileNo && each.md5 === own);
    if (same) return { fileId: same.id };
    serials['file'] = (serials['file'] ?? 0) + 1;
    const id = `HF${String(serials['file']).padStart(8, '0')}`;
    files.push({
      ...{ id, mime, md5: own, size: bytes.length },
      bizFileNo: String(bizFileNo),
      name: String(name),
    });
    this.#keep.save();
    return { fileId: id };
  }

  private tell(ticket: Ticket, event: TicketEvent): void {
    this.callbacks.add({ appealNo: ticket.appealNo, event });
    for (const other of this.tickets) {
      if (other.masterNo !== ticket.appealNo || other.status !== 90) continue;
      this.callbacks.add({ appealNo: other.appealNo, event: followMaster(other, event) });
    }
    this.#keep.save();
  }

  private file(id: string): StoredFile | undefined {
    return this.#keep.value.files.find((each) => each.id === id);
  }

  private receiptOf(bizNo: string): Fields | null {
    const found = bizNo === '' ? undefined : this.tickets.find((each) => each.bizNo === bizNo);
    return found ? { appealNo: found.appealNo, queryCode: found.queryCode } : null;
  }

  private need(number: string): Ticket {
    const found = this.find(number);
    if (!found) throw new Refusal(4301, '诉求不存在');
    return found;
  }

  /** A wrong number and a wrong code are one answer, or numbers could be tried out. */
  private needWithCode(ctx: Context, code: unknown): Ticket {
    const number = String((ctx['params'] as Record<string, string>)['number']);
    const found = this.tickets.find(({ appealNo }) => appealNo === number);
    if (!found || found.queryCode !== String(code)) throw new Refusal(4301, '诉求编号或查询码错误');
    return found;
  }
}

/** As the look-up answers: no contact, and numbers as texts, unlike the callback. */
const shown = (ticket: Ticket): Fields => ({
  appealNo: ticket.appealNo,
  type: ticket.type,
  title: ticket.title,
  registerTime: ticket.registerTime,
  deadline: ticket.deadline,
  openConsent: ticket.openConsent ? '1' : '0',
  status: String(ticket.status),
  events: ticket.events.map((event) => ({
    ...event,
    seq: String(event.seq),
    status: String(event.status),
  })),
});
