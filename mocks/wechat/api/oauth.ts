import type { Context } from 'koa';
import type Router from 'koa-router';
import type { Endpoint } from '../core/api.ts';
import { Refusal } from '../core/errors.ts';
import { randomText } from '../core/ids.ts';
import type { Person } from '../people/directory.ts';
import type { World } from '../world.ts';
import type { Codes } from './codes.ts';
import { escapeHtml, plainPage } from './pages.ts';

export type Scope = 'snsapi_base' | 'snsapi_userinfo';
export type Grant = { citizen: string; scope: Scope };
type UserToken = Grant & { value: string; expiresAt: number };

/** The cookie that says whose phone the browser is. */
export const phoneCookie = 'phone_citizen';

/** OAuth tokens of people (not the account's): two hours, with a refresh token of thirty days. */
export class UserTokens {
  #access = new Map<string, UserToken>();
  #refresh = new Map<string, UserToken>();

  issue(grant: Grant, now: Date, refresh?: string): { access: string; refresh: string } {
    const access = { ...grant, value: `89_${randomText(107)}`, expiresAt: now.getTime() + 7_200_000 };
    this.#access.set(access.value, access);
    const long = refresh ?? `89_${randomText(107)}`;
    if (!refresh) {
      this.#refresh.set(long, { ...grant, value: long, expiresAt: now.getTime() + 30 * 86_400_000 });
    }
    return { access: access.value, refresh: long };
  }

  check(value: string, now: Date): UserToken {
    const token = this.#access.get(value);
    if (!token) throw new Refusal(40001, 'invalid credential, access_token is invalid or not latest,');
    if (token.expiresAt <= now.getTime()) throw new Refusal(42001);
    return token;
  }

  checkRefresh(value: string, now: Date): UserToken {
    if (value === '') throw new Refusal(41003);
    const token = this.#refresh.get(value);
    if (!token) throw new Refusal(40030);
    if (token.expiresAt <= now.getTime()) throw new Refusal(42002);
    return token;
  }
}

export function oauthEndpoints(codes: Codes<Grant>, tokens: UserTokens): Endpoint[] {
  const tokenAnswer = (world: World, grant: Grant, refreshed?: string) => {
    const person = world.people.byId(grant.citizen)!;
    const { access, refresh } = tokens.issue(grant, world.now(), refreshed);
    return {
      access_token: access,
      expires_in: 7200,
      refresh_token: refresh,
      openid: person.openids.officialAccount,
      scope: grant.scope,
      // The platform gives the union id here only when the person agreed to show the profile.
      ...(grant.scope === 'snsapi_userinfo' ? { unionid: person.unionid } : {}),
    };
  };
  return [
    {
      method: 'GET',
      path: '/sns/oauth2/access_token',
      token: 'none',
      handle: ({ world, query }) => {
        requireAccount(world, query.get('appid') ?? '', query.get('secret') ?? '');
        if (query.get('grant_type') !== 'authorization_code') throw new Refusal(40002);
        return tokenAnswer(world, codes.use(query.get('code') ?? '', world.now(), 42003));
      },
    },
    {
      method: 'GET',
      path: '/sns/oauth2/refresh_token',
      token: 'none',
      handle: ({ world, query }) => {
        if (query.get('appid') !== world.appid('oa')) throw new Refusal(40013);
        if (query.get('grant_type') !== 'refresh_token') throw new Refusal(40002);
        const value = query.get('refresh_token') ?? '';
        return tokenAnswer(world, tokens.checkRefresh(value, world.now()), value);
      },
    },
    {
      method: 'GET',
      path: '/sns/userinfo',
      token: 'none',
      handle: ({ world, query }) => {
        const token = tokens.check(query.get('access_token') ?? '', world.now());
        const person = ownOpenid(world, token, query.get('openid') ?? '');
        if (token.scope !== 'snsapi_userinfo') throw new Refusal(48001);
        return {
          openid: person.openids.officialAccount,
          nickname: person.nickname,
          sex: 0,
          language: '',
          city: '',
          province: '',
          country: '',
          headimgurl: '',
          privilege: [],
          unionid: person.unionid,
        };
      },
    },
    {
      method: 'GET',
      path: '/sns/auth',
      token: 'none',
      handle: ({ world, query }) => {
        const token = tokens.check(query.get('access_token') ?? '', world.now());
        ownOpenid(world, token, query.get('openid') ?? '');
        return { errcode: 0, errmsg: 'ok' };
      },
    },
  ];
}

function requireAccount(world: World, appid: string, secret: string): void {
  const application = world.tokens.application(appid, secret);
  if (application.account !== 'oa') throw new Refusal(40013);
}

function ownOpenid(world: World, token: UserToken, openid: string): Person {
  if (openid === '') throw new Refusal(41009);
  const person = world.people.byId(token.citizen)!;
  if (person.openids.officialAccount !== openid) throw new Refusal(40003);
  return person;
}

/** open.weixin.qq.com/connect/oauth2/authorize and its consent page. */
export function routeAuthorize(router: Router, world: World, codes: Codes<Grant>): void {
  const goBack = (ctx: Context, person: Person, scope: Scope) => {
    const target = new URL(String(ctx.query['redirect_uri']));
    target.searchParams.set('code', codes.make({ citizen: person.id, scope }, world.now()));
    target.searchParams.set('state', String(ctx.query['state'] ?? ''));
    ctx.redirect(target.href);
  };
  router.get('/connect/oauth2/authorize', (ctx) => {
    const scope = String(ctx.query['scope'] ?? '');
    if (ctx.query['appid'] !== world.appid('oa')) return refuse(ctx, 'appid 参数错误', 10013);
    if (!redirectAllowed(world, String(ctx.query['redirect_uri'] ?? ''))) {
      return refuse(ctx, 'redirect_uri 域名与后台配置不一致', 10003);
    }
    if (ctx.query['response_type'] !== 'code') return refuse(ctx, 'response_type 参数错误', 10004);
    if (scope !== 'snsapi_base' && scope !== 'snsapi_userinfo') return refuse(ctx, 'scope 参数错误', 10005);
    if (String(ctx.query['state'] ?? '').length > 128) return refuse(ctx, 'state 参数过长', 10006);
    const person = world.people.byId(ctx.cookies.get(phoneCookie));
    if (!person) return refuse(ctx, '请在微信客户端打开链接', 10002);
    // A follower who comes from the account's chat is not asked; a stranger is, until agreeing once.
    if (scope === 'snsapi_base' || person.follows || person.consented) return goBack(ctx, person, scope);
    ctx.type = 'html';
    ctx.body = consentPage(person.nickname, ctx.href.replace('/authorize', '/confirm'));
  });
  router.get('/connect/oauth2/confirm', (ctx) => {
    const person = world.people.byId(ctx.cookies.get(phoneCookie));
    const allowed = redirectAllowed(world, String(ctx.query['redirect_uri'] ?? ''));
    if (!person || !allowed) return refuse(ctx, '请在微信客户端打开链接', 10002);
    person.consented = true;
    world.people.save(person);
    goBack(ctx, person, 'snsapi_userinfo');
  });
}

/** Only the host configured for the account may get people back; without a hall address any http(s) one may. */
function redirectAllowed(world: World, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const target = new URL(address);
  if (target.protocol !== 'http:' && target.protocol !== 'https:') return false;
  const { hallUrl } = world.options;
  return !hallUrl || new URL(hallUrl).hostname === target.hostname;
}

function refuse(ctx: Context, words: string, code: number): void {
  ctx.status = 200;
  ctx.type = 'html';
  ctx.body = plainPage('微信授权', `<p class="big">${words}</p><p class="note">错误代码 ${code}</p>`);
}

function consentPage(nickname: string, confirm: string): string {
  return plainPage(
    '微信授权',
    `<p class="big">增城政务服务 申请获得</p>
     <p>你的昵称、头像</p>
     <p class="note">当前微信：${escapeHtml(nickname)}</p>
     <p><a class="button" data-testid="oauth-allow" href="${escapeHtml(confirm)}">同意</a></p>
     <p><a class="quiet" href="javascript:history.back()">拒绝</a></p>`,
  );
}
