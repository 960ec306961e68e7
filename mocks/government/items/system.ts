import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import Router from 'koa-router';
import { jsonOf } from '../core/body.ts';
import { playFaults, type Voice } from '../core/faults.ts';
import { gatewayRefusal } from '../core/gateway.ts';
import { compactTime, localTime } from '../core/localTime.ts';
import type { World } from '../core/world.ts';
import { blankForm } from './blankForm.ts';
import { exchangeRow, portalDetail } from './shapes.ts';
import { allTasks, type Task } from './tasks.ts';

const voice: Voice = {
  closed: () => ({ code: '9001', msg: '系统维护中' }),
  broken: () => ({ code: '500', msg: '系统异常，请联系管理员' }),
  tooMany: () => ({ code: '429', msg: '访问频率超限' }),
};

/** 事项管理系统: the portal's look-ups and the nightly exchange. */
export class ItemsSystem {
  #tasks = new Map<string, Task>();
  #batch = '';
  #calls = 0;
  /** This page of the exchange comes as HTML, and these rows of it are missing; null = all is well. */
  broken: { page: number; how: 'html' | 'short' | 'bump' } | null = null;

  constructor(private readonly world: World) {
    this.reset();
  }

  reset(total?: number): void {
    this.#tasks = new Map(allTasks(total).map((task) => [task.code, task]));
    this.broken = null;
    this.newBatch();
  }

  /** Tonight's delivery: everything as it is now. */
  newBatch(): string {
    const digest = createHash('sha256')
      .update(JSON.stringify([...this.#tasks.values()]))
      .digest('hex')
      .slice(0, 6);
    this.#batch = `${compactTime(this.world.now())}${digest}`;
    return this.#batch;
  }

  codes(): string[] {
    return [...this.#tasks.keys()];
  }

  change(code: string, change: Partial<Task>): void {
    const task = this.#tasks.get(code);
    if (!task) throw new Error(`no task ${code}`);
    this.#tasks.set(code, { ...task, version: task.version + 1, ...change });
    this.newBatch();
  }

  /** A new matter, like another one but for what is said. */
  add(code: string, like: string, change: Partial<Task>): void {
    const task = this.#tasks.get(like);
    if (!task) throw new Error(`no task ${like}`);
    this.#tasks.set(code, { ...task, ...change, code, version: 1 });
    this.newBatch();
  }

  /** Gone without a word, as happens when somebody cleans up at the source. */
  drop(codes: readonly string[]): void {
    for (const code of codes) this.#tasks.delete(code);
    this.newBatch();
  }

  router(): Router {
    const router = new Router({ prefix: '/items' });
    const faulty = playFaults(this.world, 'items', voice);
    router.post('/portal/api/v2/solr/getCommonAuditItem', faulty, (ctx) => this.search(ctx));
    router.get('/portal/api/v2/item-event/getAuditItemDetailCur', faulty, (ctx) => this.detail(ctx));
    router.get('/files/:name', faulty, (ctx) => this.paper(ctx));
    router.post('/exchange/batch/latest', faulty, (ctx) => this.latest(ctx));
    router.post('/exchange/batch/page', faulty, (ctx) => this.page(ctx));
    return router;
  }

  private search(ctx: Context): void {
    const input = jsonOf(ctx);
    const size = Number(input['PAGESIZE'] ?? 20);
    const page = Number(input['PAGENO'] ?? 1);
    const word = String(input['KEY_WORD'] ?? '');
    const found = [...this.#tasks.values()].filter(
      (task) => task.operation !== 'D' && task.name.includes(word),
    );
    // The same list under two names, as the years went by.
    const key = ++this.#calls % 2 === 0 ? 'custom' : 'CUSTOM';
    ctx.body = {
      [key]: {
        AUDIT_ITEMLIST: found.slice((page - 1) * size, page * size).map((task) => ({
          TASK_CODE: task.code,
          TASK_NAME: task.name,
          DEPT_NAME: task.department,
        })),
        PAGEINFO: { CURRENTPAGEINDEX: String(page), PAGESIZE: String(size), TOTALNUM: String(found.length) },
      },
    };
  }

  private detail(ctx: Context): void {
    const task = this.#tasks.get(String(ctx.query['TASK_CODE'] ?? ''));
    ctx.body =
      !task || task.operation === 'D' ? { errCode: '404', errMsg: '未找到匹配的信息' } : portalDetail(task);
  }

  /** A blank form: a real Excel file with the lines to fill in. An unknown one is the portal's page, with status 200. */
  private async paper(ctx: Context): Promise<void> {
    const address = `/files/${String(ctx['params'].name)}`;
    for (const task of this.#tasks.values()) {
      const material = task.materials.find(({ form }) => form === address);
      if (!material) continue;
      ctx.type = 'application/octet-stream';
      ctx.body = await blankForm(task.name, material.name);
      return;
    }
    ctx.status = 404;
    ctx.type = 'html';
    ctx.body = '<!DOCTYPE html><html><body>文件不存在</body></html>';
  }

  private refused(ctx: Context): boolean {
    const refusal = gatewayRefusal(ctx, this.world.options.gateway, this.world.wall());
    if (refusal) ctx.body = refusal;
    return refusal !== null;
  }

  private latest(ctx: Context): void {
    if (this.refused(ctx)) return;
    const tasks = [...this.#tasks.values()];
    ctx.body = {
      code: '0',
      data: {
        cd_batch: this.#batch,
        total: String(tasks.length),
        materials: String(tasks.reduce((sum, task) => sum + task.materials.length, 0)),
        created: localTime(this.world.now()),
      },
    };
  }

  private page(ctx: Context): void {
    if (this.refused(ctx)) return;
    const input = jsonOf(ctx);
    if (input['cd_batch'] !== this.#batch) {
      ctx.body = { code: '1003', msg: '批次已失效，请重新获取' };
      return;
    }
    const page = Number(input['PAGENO']);
    const size = Number(input['PAGESIZE']);
    if (!(page >= 1 && size >= 1 && size <= 200)) {
      ctx.body = { code: '1001', msg: '分页参数错误' };
      return;
    }
    if (this.broken?.page === page && this.broken.how === 'html') {
      ctx.type = 'html';
      ctx.body = '<!DOCTYPE html><html><body>系统提示：会话已过期</body></html>';
      return;
    }
    const time = localTime(this.world.now());
    let rows = [...this.#tasks.values()].slice((page - 1) * size, page * size);
    if (this.broken?.page === page && this.broken.how === 'short') rows = rows.slice(0, -3);
    ctx.body = {
      code: '0',
      data: {
        cd_batch: this.#batch,
        PAGENO: String(page),
        rows: rows.map((task) => exchangeRow(task, this.#batch, time)),
      },
    };
    if (this.broken?.page === page && this.broken.how === 'bump') this.#batch += 'x';
  }
}
