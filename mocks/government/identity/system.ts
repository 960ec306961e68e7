import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import Router from 'koa-router';
import { formOf, jsonOf } from '../core/body.ts';
import { Codes } from '../core/codes.ts';
import { playFaults, type Voice } from '../core/faults.ts';
import { gatewayRefusal } from '../core/gateway.ts';
import type { World } from '../core/world.ts';
import { Accounts } from './accounts.ts';
import { authorisePage, refusalPage } from './page.ts';
import { userInformation } from './userInformation.ts';

const codeMs = 300_000;
const tokenMs = 1_800_000;
const pages = '/tif/sso/connect/page/oauth2';

const voice: Voice = {
  closed: () => ({ error: 'server_maintenance', error_description: '系统维护中' }),
  broken: () => ({ error: 'server_error', error_description: '系统繁忙，请稍后再试' }),
  tooMany: () => ({ error: 'too_many_requests', error_description: '访问过于频繁' }),
};

interface Grant {
  uid: string;
  redirectUri: string;
}

/** 统一身份认证平台. */
export class IdentitySystem {
  readonly accounts: Accounts;
  readonly #codes = new Codes<Grant>(codeMs);
  readonly #oneOff = new Codes<{ uid: string }>(codeMs);
  readonly #tokens = new Map<string, { uid: string; until: number }>();

  constructor(private readonly world: World) {
    this.accounts = new Accounts(world.options.dir);
  }

  /** A code as the page would give it after the person agreed. */
  code(uid: string, redirectUri: string): string {
    return this.#codes.make({ uid, redirectUri }, this.world.wall());
  }

  /** A code as 粤省事 hands it over. */
  oneOffCode(uid: string): string {
    return this.#oneOff.make({ uid }, this.world.wall());
  }

  /** Every token that was given out is dead from now on. */
  expireTokens(): void {
    this.#tokens.clear();
  }

  router(): Router {
    const router = new Router({ prefix: '/identity' });
    router.get('/', (ctx) => {
      ctx.redirect('/__mock/');
    });
    const faulty = playFaults(this.world, 'identity', voice);
    router.get(`${pages}/authorize`, faulty, (ctx) => this.authorize(ctx));
    router.post(`${pages}/confirm`, (ctx) => this.confirm(ctx));
    router.get(`${pages}/access_token`, faulty, (ctx) => this.accessToken(ctx));
    router.get(`${pages}/tokeninfo`, faulty, (ctx) => this.tokenInfo(ctx));
    router.post('/ebus/tif/sso/connect/page/oneoffcode2yrzuserinfo', faulty, (ctx) =>
      this.exchangeOneOff(ctx),
    );
    return router;
  }

  private authorize(ctx: Context): void {
    const query = new URLSearchParams(ctx.querystring);
    const refusal = this.wrongRequest(query);
    ctx.type = 'html';
    if (refusal) {
      ctx.body = refusalPage('无法登录', refusal);
      return;
    }
    // On the demo's machine the phone page tells whose phone this is; a convenience, nothing is decided by it.
    const phone = /(?:^|;\s*)phone_citizen=(\w+)/.exec(ctx.get('cookie'))?.[1] ?? '';
    ctx.body = authorisePage(this.accounts.all(), query, `zc_${phone}`);
  }

  private confirm(ctx: Context): void {
    const form = formOf(ctx);
    const refusal = this.wrongRequest(form);
    ctx.type = 'html';
    if (refusal) {
      ctx.body = refusalPage('无法登录', refusal);
      return;
    }
    const redirectUri = form.get('redirect_uri')!;
    const target = new URL(redirectUri);
    if (form.get('agree') !== 'yes') {
      target.searchParams.set('error', 'access_denied');
      ctx.redirect(target.href);
      return;
    }
    const account = this.accounts.find(form.get('uid')?.trim() || (form.get('account') ?? ''));
    if (!account) {
      ctx.body = refusalPage('没有选择账号', '请返回上一页，选择或输入一个账号。');
      return;
    }
    const joint = redirectUri.includes('?') ? '&' : '?';
    ctx.redirect(`${redirectUri}${joint}code=${this.code(account.uid, redirectUri)}`);
  }

  private wrongRequest(query: URLSearchParams): string | null {
    if (query.get('client_id') !== this.world.options.identity.clientId) return 'client_id 未注册';
    if (query.get('response_type') !== 'code') return 'response_type 不支持';
    const redirectUri = query.get('redirect_uri') ?? '';
    if (!URL.canParse(redirectUri)) return 'redirect_uri 不正确';
    const { hallUrl } = this.world.options;
    const target = new URL(redirectUri);
    if (hallUrl && target.origin !== new URL(hallUrl).origin) return 'redirect_uri 未登记';
    return null;
  }

  private accessToken(ctx: Context): void {
    const query = new URLSearchParams(ctx.querystring);
    const { clientId, clientSecret } = this.world.options.identity;
    if (query.get('client_id') !== clientId || query.get('client_secret') !== clientSecret) {
      ctx.body = { error: 'invalid_client', error_description: '应用标识或密钥错误' };
      return;
    }
    if (query.get('grant_type') !== 'authorization_code') {
      ctx.body = { error: 'unsupported_grant_type', error_description: '不支持的授权类型' };
      return;
    }
    const found = this.#codes.use(query.get('code') ?? '', this.world.wall());
    if ('refused' in found) {
      const words = { unknown: '授权码无效', used: '授权码已使用', expired: '授权码已过期' }[found.refused];
      ctx.body = { error: 'invalid_grant', error_description: words };
      return;
    }
    // Compared as text: the same address written differently is another address here.
    if (query.get('redirect_uri') !== found.value.redirectUri) {
      ctx.body = { error: 'redirect_uri_mismatch', error_description: 'redirect_uri 与授权时不一致' };
      return;
    }
    const token = randomBytes(24).toString('hex');
    this.#tokens.set(token, { uid: found.value.uid, until: this.world.wall().getTime() + tokenMs });
    ctx.body = {
      access_token: token,
      token_type: 'bearer',
      expires_in: String(tokenMs / 1000),
      scope: 'all',
    };
  }

  private tokenInfo(ctx: Context): void {
    const token = String(ctx.query['access_token'] ?? '');
    const found = this.#tokens.get(token);
    if (!found || found.until <= this.world.wall().getTime()) {
      ctx.body = { error: 'invalid_token', error_description: 'access_token 无效或已过期' };
      return;
    }
    ctx.body = this.information(found.uid, token);
  }

  private exchangeOneOff(ctx: Context): void {
    const refusal = gatewayRefusal(ctx, this.world.options.gateway, this.world.wall());
    if (refusal) {
      ctx.body = refusal;
      return;
    }
    const found = this.#oneOff.use(String(jsonOf(ctx)['code'] ?? ''), this.world.wall());
    ctx.body =
      'refused' in found
        ? { error: 'invalid_grant', error_description: '一次性码无效或已使用' }
        : this.information(found.value.uid, randomBytes(16).toString('hex'));
  }

  private information(uid: string, tokenId: string): Record<string, unknown> {
    const account = this.accounts.find(uid)!;
    if (account.frozen) return { error: 'account_frozen', error_description: '账号已冻结' };
    return userInformation(account, tokenId);
  }
}
