import Router from 'koa-router';
import type { IdentitySystem } from '../identity/system.ts';
import { jsonOf } from './body.ts';
import { trafficPage } from './page.ts';
import { checkedProfile, full, ordinary } from './profile.ts';
import { type SystemName, systemNames, type World } from './world.ts';

/** Faults on demand, and what went over the wire. */
export function adminRoutes(world: World, identity: IdentitySystem): Router {
  const router = new Router({ prefix: '/__mock' });
  const known = (name: string | undefined): SystemName => {
    const system = systemNames.find((each) => each === name);
    if (!system) throw new Error(`unknown system ${name}; known: ${systemNames.join(', ')}`);
    return system;
  };
  router.use(async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      ctx.status = 400;
      ctx.body = { error: (error as Error).message };
    }
  });

  router.get('/', (ctx) => {
    ctx.type = 'html';
    ctx.body = trafficPage(world);
  });
  router.get('/:system/profile', (ctx) => {
    ctx.body = world.profile(known(ctx['params'].system));
  });
  /** A profile, or the name of one: `{"name": "quiet" | "ordinary" | "full"}`. */
  router.post('/:system/profile', (ctx) => {
    const system = known(ctx['params'].system);
    const { name, ...rest } = jsonOf(ctx);
    const named = name === 'full' ? full : name === 'ordinary' ? (ordinary[system] ?? {}) : {};
    world.setProfile(system, { ...named, ...checkedProfile(rest) });
    ctx.body = world.profile(system);
  });
  router.get('/:system/traffic', (ctx) => {
    ctx.body = world.traffic(known(ctx['params'].system));
  });

  router.get('/identity/accounts', (ctx) => {
    ctx.body = identity.accounts.all();
  });
  router.post('/identity/accounts/:uid', (ctx) => {
    ctx.body = identity.accounts.change(String(ctx['params'].uid), jsonOf(ctx));
  });
  router.post('/identity/one-off', (ctx) => {
    const uid = String(jsonOf(ctx)['uid']);
    if (!identity.accounts.find(uid)) throw new Error(`no account ${uid}`);
    ctx.body = { code: identity.oneOffCode(uid) };
  });
  return router;
}
