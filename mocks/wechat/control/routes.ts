import type { Context } from 'koa';
import type Router from 'koa-router';
import type { JsonObject } from '../core/errors.ts';
import { Refusal } from '../core/errors.ts';
import type { Profile } from '../core/faults.ts';
import { compactJson, parseBody } from '../core/json.ts';
import type { Person } from '../people/directory.ts';
import type { Platform } from '../platform.ts';
import type { Shelf } from '../templates/shelf.ts';

/** Applies a profile; also used in process by tests. */
export function applyProfile(platform: Platform, profile: Profile): void {
  const { world } = platform;
  world.faults.change(profile);
  for (const [path, { used, ...rule }] of Object.entries(profile.quotas ?? {})) {
    world.quota.override(path, rule);
    if (used !== undefined) {
      for (const account of ['oa', 'mp'] as const) world.quota.setUsed(world.appid(account), path, used);
    }
  }
  if (profile.followers !== undefined) world.setFollowers(profile.followers);
  if (profile.clockOffsetMs !== undefined) world.setClockOffset(profile.clockOffsetMs);
  if (profile.disabledTemplates) {
    for (const template of platform.shelves.of('official')) {
      const disabled = profile.disabledTemplates.includes(template.templateId);
      if (disabled !== template.disabled) platform.shelves.put('official', { ...template, disabled });
    }
  }
}

export function readProfile(platform: Platform): JsonObject {
  const { world } = platform;
  return {
    ...world.faults.current,
    quotas: world.quota.overrides(),
    followers: world.people.virtual.count,
    clockOffsetMs: world.clockOffsetMs,
    disabledTemplates: platform.shelves
      .of('official')
      .filter((one) => one.disabled)
      .map((one) => one.templateId),
  };
}

export async function readJson(ctx: Context): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) chunks.push(chunk);
  const raw = Buffer.concat(chunks);
  if (raw.length === 0) return {};
  try {
    return parseBody(raw);
  } catch (error) {
    if (error instanceof Refusal) ctx.throw(400, 'body is not a JSON object');
    throw error;
  }
}

export function answer(ctx: Context, value: JsonObject): void {
  ctx.type = 'application/json';
  ctx.body = compactJson(value);
}

/** The switches and the truth: what tests and the admin page use, and no real WeChat has. */
export function routeControls(router: Router, platform: Platform): void {
  const { world } = platform;
  const personOf = (ctx: Context, body: JsonObject): Person => {
    const person =
      world.people.byId(String(body['citizen'] ?? '')) ??
      world.people.byAnyOpenid(String(body['openid'] ?? ctx.query['openid'] ?? ''));
    if (!person) ctx.throw(404, 'no such citizen');
    return person as Person;
  };
  router.get('/__mock/wechat/profile', (ctx) => answer(ctx, readProfile(platform)));
  router.post('/__mock/wechat/profile', async (ctx) => {
    applyProfile(platform, (await readJson(ctx)) as Profile);
    answer(ctx, readProfile(platform));
  });
  router.post('/__mock/wechat/reset', (ctx) => {
    platform.reset();
    answer(ctx, { ok: true });
  });
  router.get('/__mock/wechat/ledger', (ctx) => {
    const { campaign, what, contains, openid } = ctx.query;
    if (typeof campaign === 'string') {
      const people = world.ledger.campaign(campaign);
      if (!people) ctx.throw(404, 'no such campaign');
      return answer(ctx, { people } as JsonObject);
    }
    const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
    const filter = { what: text(what), contains: text(contains), openid: text(openid) };
    answer(ctx, world.ledger.report(filter) as unknown as JsonObject);
  });
  router.get('/__mock/wechat/messages', (ctx) => {
    const person = personOf(ctx, {});
    const chat = world.people.byProgramOpenid(String(ctx.query['openid'])) ? 'service' : 'account';
    const messages = world.inbox.of(person.id).filter((message) => message.chat === chat);
    answer(ctx, { messages } as unknown as JsonObject);
  });
  router.get('/__mock/wechat/deliveries', (ctx) =>
    answer(ctx, { deliveries: world.delivery.log, complaints: world.complaints } as unknown as JsonObject),
  );
  router.get('/__mock/wechat/settled', async (ctx) => {
    await world.delivery.settled();
    answer(ctx, { ok: true });
  });
  router.post('/__mock/wechat/verify-callback', async (ctx) =>
    answer(ctx, { ok: await world.delivery.verifyCallback() }),
  );
  router.post('/__mock/wechat/revoke-tokens', (ctx) => {
    world.tokens.revokeAll();
    answer(ctx, { ok: true });
  });
  // What a phone would hand to the mini-program's code: a fresh wx.login code, a phone-number code.
  router.post('/__mock/wechat/login-code', async (ctx) => {
    const person = personOf(ctx, await readJson(ctx));
    answer(ctx, { code: platform.loginCodes.make({ citizen: person.id }, world.now()) });
  });
  router.post('/__mock/wechat/phone-code', async (ctx) => {
    const person = personOf(ctx, await readJson(ctx));
    answer(ctx, { code: platform.phoneCodes.make({ citizen: person.id }, world.now()) });
  });
  // The person agrees to (or withdraws) subscription messages: {citizen, templateIds, accept, account: 'mp' | 'oa'}.
  router.post('/__mock/wechat/consent', async (ctx) => {
    const body = await readJson(ctx);
    const person = personOf(ctx, body);
    const shelf: Shelf = body['account'] === 'oa' ? 'official-subscribe' : 'program-subscribe';
    const openid = body['account'] === 'oa' ? person.openids.officialAccount : person.openids.miniProgram;
    const ids = Array.isArray(body['templateIds']) ? body['templateIds'].map(String) : [];
    const result: Record<string, string> = {};
    for (const id of ids) {
      const template = platform.shelves.get(shelf, id);
      if (!template) ctx.throw(404, `no template ${id}`);
      if (body['accept'] === false) platform.shelves.withdraw(openid, id);
      else platform.shelves.grant(openid, template!);
      result[id] = body['accept'] === false ? 'reject' : 'accept';
    }
    answer(ctx, result);
  });
  // The person's own settings: {citizen, receives?: 'yes' | 'quiet' | 'refuse', follows?}.
  router.post('/__mock/wechat/person', async (ctx) => {
    const body = await readJson(ctx);
    const person = personOf(ctx, body);
    const { receives, follows } = body;
    if (receives === 'yes' || receives === 'quiet' || receives === 'refuse') {
      person.receives = receives;
      world.people.save(person);
    }
    if (follows === true) await platform.actions.follow(person);
    if (follows === false) await platform.actions.unfollow(person);
    answer(ctx, { ok: true });
  });
  // What the person does in the chat: {citizen, text}, {citizen, key} or {citizen, scene}.
  router.post('/__mock/wechat/act', async (ctx) => {
    const body = await readJson(ctx);
    const person = personOf(ctx, body);
    if (typeof body['text'] === 'string') await platform.actions.write(person, body['text']);
    if (typeof body['key'] === 'string') {
      await platform.actions.tapMenu(person, { name: '', type: 'click', key: body['key'] });
    }
    if (body['scene'] !== undefined) {
      const code = platform.sceneCodes
        .valid(world.now())
        .find((one) => String(one.scene) === String(body['scene']));
      if (!code) ctx.throw(404, 'no valid code with this scene');
      await platform.actions.scan(person, code!);
    }
    answer(ctx, { ok: true });
  });
}
