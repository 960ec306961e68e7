import Router from 'koa-router';
import { checkedAct } from '../accept/checkedAct.ts';
import type { AcceptSystem } from '../accept/system.ts';
import type { IdentitySystem } from '../identity/system.ts';
import type { LicencesSystem } from '../licences/system.ts';
import type { ProgressSystem } from '../progress/system.ts';
import { jsonOf } from './body.ts';
import { trafficPage } from './page.ts';
import { checkedProfile, full, ordinary } from './profile.ts';
import { type SystemName, systemNames, type World } from './world.ts';

/** Faults on demand, and what went over the wire. */
export function adminRoutes(
  world: World,
  systems: {
    identity: IdentitySystem;
    accept: AcceptSystem;
    progress: ProgressSystem;
    licences: LicencesSystem;
  },
): Router {
  const { identity, accept, progress, licences } = systems;
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

  router.get('/accept/cases', (ctx) => {
    ctx.body = accept.cases;
  });
  /** An act of the office (`accept/life.ts`), or `{"act": "hold"}`: the automatic pace leaves the case alone. */
  router.post('/accept/cases/:number', (ctx) => {
    const number = String(ctx['params'].number);
    const what = jsonOf(ctx);
    if (what['act'] === 'hold') accept.holdByHand(number);
    else accept.act(number, checkedAct(what));
    ctx.body = accept.find(number);
  });
  /** A file that was handed in, as it arrived. */
  router.get('/accept/files/:id', (ctx) => {
    const found = accept.file(String(ctx['params'].id));
    if (!found) throw new Error('no such file');
    ctx.attachment(found.name);
    ctx.body = found.bytes;
  });
  /** `{"on": false}`: callbacks and pushes are cut off, as by a broken line. */
  router.post('/accept/callbacks', (ctx) => {
    accept.callbacks.on = jsonOf(ctx)['on'] !== false;
    ctx.body = { on: accept.callbacks.on };
  });
  router.post('/progress/pushes', (ctx) => {
    progress.pushes = jsonOf(ctx)['on'] !== false;
    ctx.body = { on: progress.pushes };
  });
  router.get('/progress/rows', (ctx) => {
    ctx.body = progress.rows;
  });
  router.get('/progress/captcha/:token', (ctx) => {
    ctx.body = { answer: progress.answerOf(String(ctx['params'].token)) ?? null };
  });
  router.get('/licences/licences', (ctx) => {
    ctx.body = licences.licences;
  });
  router.post('/licences/expire-tokens', (ctx) => {
    licences.expireTokens();
    ctx.body = {};
  });
  router.post('/licences/status', (ctx) => {
    const { code, status } = jsonOf(ctx);
    if (status !== 'ISSUED' && status !== 'ABOLISHED' && status !== 'SUSPENDED')
      throw new Error('unknown status');
    licences.setStatus(String(code), status);
    ctx.body = { code, status };
  });
  return router;
}
