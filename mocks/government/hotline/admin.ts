import Router from 'koa-router';
import { jsonOf } from '../core/body.ts';
import type { World } from '../core/world.ts';
import { checkedAct } from './checkedAct.ts';
import type { StoredEntry } from './knowledge.ts';
import type { HotlineSystem } from './system.ts';

/** What people of the platform do, by hand. */
export function hotlineAdmin(world: World, hotline: HotlineSystem): Router {
  const router = new Router({ prefix: '/__mock/hotline' });
  router.use(async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      ctx.status = 400;
      ctx.body = { error: (error as Error).message };
    }
  });
  router.get('/tickets', (ctx) => {
    ctx.body = hotline.tickets;
  });
  /** An act of `life.ts`, or `{"act": "hold"}`: the automatic pace leaves the ticket alone. */
  router.post('/tickets/:number', (ctx) => {
    const number = String(ctx['params'].number);
    const what = jsonOf(ctx);
    if (what['act'] === 'hold') hotline.holdByHand(number);
    else hotline.act(number, checkedAct(what));
    ctx.body = hotline.find(number);
  });
  /** `{"on": false}`: callbacks are cut off, as by a broken line. */
  router.post('/callbacks', (ctx) => {
    hotline.callbacks.on = jsonOf(ctx)['on'] !== false;
    ctx.body = { on: hotline.callbacks.on };
  });
  router.get('/knowledge', (ctx) => {
    ctx.body = hotline.knowledge.entries;
  });
  /** Changes an entry or adds one: `{"kbId": "KB00001", "validTo": "2026-11-24"}`. */
  router.post('/knowledge', (ctx) => {
    const change = jsonOf(ctx) as Partial<StoredEntry>;
    if (!change.kbId) throw new Error('kbId is needed');
    ctx.body = hotline.knowledge.put({ ...change, kbId: change.kbId }, world.now());
  });
  return router;
}
