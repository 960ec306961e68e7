import type { Context } from 'koa';
import type Router from 'koa-router';
import type { Button } from '../api/menu-rules.ts';
import { phoneCookie } from '../api/oauth.ts';
import { answer, applyProfile, readJson, readProfile } from '../control/routes.ts';
import type { JsonObject } from '../core/errors.ts';
import type { Profile } from '../core/faults.ts';
import type { Person } from '../people/directory.ts';
import type { Platform } from '../platform.ts';

/** The phone page's own interface. The cookie says whose phone it is; events tell it when to read again. */
export function routePhone(router: Router, platform: Platform): void {
  const { world, actions } = platform;
  const owner = (ctx: Context): Person => {
    const person = world.people.byId(ctx.cookies.get(phoneCookie));
    if (!person) ctx.throw(401, 'choose a citizen first');
    return person as Person;
  };
  const cardOf = (person: Person): JsonObject => {
    const messages = world.inbox.of(person.id);
    return {
      id: person.id,
      nickname: person.nickname,
      about: person.about,
      hue: person.hue,
      longHair: person.longHair,
      receives: person.receives,
      senior: person.senior,
      follows: person.follows,
      unread: messages.filter((message) => !message.read).length,
    };
  };

  router.post('/phone/api/owner', async (ctx) => {
    const { citizen } = await readJson(ctx);
    const person = world.people.byId(typeof citizen === 'string' ? citizen : undefined);
    ctx.cookies.set(phoneCookie, person?.id ?? '', {
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      maxAge: person ? 30 * 86_400_000 : 0,
    });
    answer(ctx, { current: person?.id ?? null });
  });

  // Without an owner the phone is locked: it knows the time and whose it could be.
  router.get('/phone/api/state', (ctx) => {
    const person = world.people.byId(ctx.cookies.get(phoneCookie));
    answer(ctx, {
      me: person ? cardOf(person) : null,
      citizens: world.people.all().map(cardOf),
      messages: (person ? world.inbox.of(person.id) : []) as unknown as JsonObject[],
      menu: (person?.follows ? (platform.menus.for(person) ?? []) : []) as unknown as JsonObject[],
      now: world.now().getTime(),
      hallUrl: world.options.hallUrl ?? null,
      programAppid: world.appid('mp'),
    });
  });

  router.get('/phone/api/stream', (ctx) => {
    const person = owner(ctx);
    const { res } = ctx;
    // Written by hand: a phone that is put away is no error.
    ctx.respond = false;
    res.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    const changed = (citizen: string | undefined) => {
      if (citizen === undefined || citizen === person.id) res.write('event: change\ndata: {}\n\n');
    };
    const beat = setInterval(() => res.write(': still here\n\n'), 20_000);
    const stop = () => {
      clearInterval(beat);
      world.inbox.changes.off('change', changed);
      world.inbox.changes.off('close', stop);
      res.end();
    };
    world.inbox.changes.on('change', changed);
    world.inbox.changes.on('close', stop);
    res.on('close', stop);
    changed(person.id);
  });

  router.post('/phone/api/read', async (ctx) => {
    const { chat } = await readJson(ctx);
    world.inbox.markRead(owner(ctx).id, chat === 'service' ? 'service' : 'account');
    answer(ctx, { ok: true });
  });

  router.post('/phone/api/text', async (ctx) => {
    const person = owner(ctx);
    const { text } = await readJson(ctx);
    if (typeof text !== 'string' || text.trim() === '') ctx.throw(400, 'text is empty');
    // The chat shows what was written at once; the reply comes by the event stream.
    void actions.write(person, String(text).trim());
    answer(ctx, { ok: true });
  });

  router.post('/phone/api/menu', async (ctx) => {
    const person = owner(ctx);
    const { path } = await readJson(ctx);
    const indexes = Array.isArray(path) ? path.map(Number) : [];
    let button: Button | undefined = platform.menus.for(person)?.[indexes[0] ?? -1];
    if (indexes.length > 1) button = button?.sub_button?.[indexes[1] ?? -1];
    if (!button || button.sub_button?.length) ctx.throw(404, 'no such button');
    void actions.tapMenu(person, button as Button);
    answer(ctx, { button: button as unknown as JsonObject });
  });

  router.post('/phone/api/follow', async (ctx) => {
    const person = owner(ctx);
    const { follows } = await readJson(ctx);
    void (follows === false ? actions.unfollow(person) : actions.follow(person));
    answer(ctx, { me: cardOf(person) });
  });

  router.get('/phone/api/codes', (ctx) => {
    const codes = platform.sceneCodes.valid(world.now());
    answer(ctx, {
      codes: codes.map((code) => ({
        scene: String(code.scene),
        ticket: code.ticket,
        picture: `/cgi-bin/showqrcode?ticket=${encodeURIComponent(code.ticket)}`,
      })),
    });
  });

  router.post('/phone/api/scan', async (ctx) => {
    const person = owner(ctx);
    const { scene } = await readJson(ctx);
    const text = String(scene ?? '').trim();
    const code = platform.sceneCodes
      .valid(world.now())
      .find((one) => String(one.scene) === text || one.url === text || one.ticket === text);
    if (!code) ctx.throw(404, 'no such code');
    void actions.scan(person, code!);
    answer(ctx, { ok: true });
  });

  // What the page asked the cashier for is not understood here: WeChat Pay knows its own sheets.
  router.post('/phone/api/cashier', async (ctx) => {
    const person = owner(ctx);
    const { act, request } = await readJson(ctx);
    const { payUrl } = world.options;
    if (!payUrl || (act !== 'open' && act !== 'pay')) ctx.throw(404, 'no cashier');
    const { appId } = (request ?? {}) as { appId?: unknown };
    const openid = appId === world.appid('mp') ? person.openids.miniProgram : person.openids.officialAccount;
    const answered = await fetch(`${payUrl}/__phone/cashier/${act}`, {
      method: 'POST',
      body: JSON.stringify({ ...(request as object), openid }),
    });
    answer(ctx, (await answered.json()) as JsonObject);
  });

  router.get('/phone/api/settings', (ctx) => answer(ctx, readProfile(platform)));
  router.post('/phone/api/settings', async (ctx) => {
    const changes = await readJson(ctx);
    applyProfile(platform, changes as Profile);
    const { receives } = changes;
    if (receives === 'yes' || receives === 'quiet' || receives === 'refuse') {
      const person = owner(ctx);
      person.receives = receives;
      world.people.save(person);
    }
    answer(ctx, readProfile(platform));
  });
}
