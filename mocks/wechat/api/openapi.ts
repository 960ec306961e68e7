import type { Endpoint, RidRecord } from '../core/api.ts';
import { ok } from '../core/api.ts';
import { Refusal } from '../core/errors.ts';
import { randomText } from '../core/ids.ts';
import { textOf } from '../core/json.ts';
import { localMonth, seconds } from '../core/local-time.ts';
import type { Store } from '../core/store.ts';
import type { World } from '../world.ts';

/** Quota and rid look-ups, the page ticket, addresses, and the clearing of quotas (10 a month for one appid, both interfaces together). */
export function openapiEndpoints(
  store: Store,
  rids: Map<string, RidRecord>,
  paths: () => Set<string>,
): Endpoint[] {
  const clearings = store.collection<number>('quota-clearings');
  const tickets = store.collection<{ value: string; until: number }>('tickets');
  const takeClearing = (world: World, appid: string, kind: string, limit: number) => {
    const key = `${appid} ${kind} ${localMonth(world.now())}`;
    const used = clearings.get(key) ?? 0;
    if (used >= limit) throw new Refusal(48006);
    clearings.set(key, used + 1);
  };
  const readPath = (path: string): string => {
    if (!path.startsWith('/') || path.includes('?')) throw new Refusal(76003);
    if (path.startsWith('/sns/')) throw new Refusal(76022);
    if (!paths().has(path)) throw new Refusal(76003);
    return path;
  };
  return [
    {
      method: 'POST',
      path: '/cgi-bin/openapi/quota/get',
      token: 'any',
      handle: ({ world, account, body }) => {
        const path = readPath(textOf(body, 'cgi_path'));
        const rule = world.quota.rule(path);
        const used = world.quota.used(world.appid(account), path);
        return ok({
          quota: { daily_limit: rule.daily, used, remain: Math.max(0, rule.daily - used) },
          rate_limit: { call_count: rule.perMinute ?? 0, refresh_second: rule.perMinute ? 60 : 0 },
        });
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/openapi/quota/clear',
      token: 'any',
      handle: ({ world, account, body }) => {
        const path = readPath(textOf(body, 'cgi_path'));
        takeClearing(world, world.appid(account), 'one', 50);
        world.quota.clearOne(world.appid(account), path);
        return ok();
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/clear_quota',
      token: 'any',
      handle: ({ world, account, body }) => {
        if (textOf(body, 'appid') !== world.appid(account)) throw new Refusal(40013);
        takeClearing(world, world.appid(account), 'all', 10);
        world.quota.clear(world.appid(account));
        return ok();
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/clear_quota/v2',
      token: 'none',
      handle: ({ world, body }) => {
        const { appid } = world.tokens.application(textOf(body, 'appid'), textOf(body, 'appsecret'));
        takeClearing(world, appid, 'all', 10);
        world.quota.clear(appid);
        return ok();
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/openapi/rid/get',
      token: 'any',
      handle: ({ body }) => {
        const record = rids.get(textOf(body, 'rid'));
        if (!record) throw new Refusal(76001);
        return ok({
          request: {
            invoke_time: seconds(new Date(record.at)),
            cost_in_ms: record.costMs,
            request_url: record.url,
            request_body: record.request,
            response_body: record.response,
            client_ip: record.ip,
          },
        });
      },
    },
    {
      method: 'GET',
      path: '/cgi-bin/ticket/getticket',
      token: 'oa',
      handle: ({ world, query }) => {
        const type = query.get('type') ?? '';
        if (type !== 'jsapi' && type !== 'wx_card') throw new Refusal(40097);
        const now = world.now().getTime();
        const known = tickets.get(type);
        const ticket = known && known.until > now ? known : { value: randomText(86), until: now + 7_200_000 };
        tickets.set(type, ticket);
        return ok({ ticket: ticket.value, expires_in: Math.floor((ticket.until - now) / 1000) });
      },
    },
    {
      method: 'GET',
      path: '/cgi-bin/getcallbackip',
      token: 'any',
      handle: () => ({ ip_list: ['127.0.0.1'] }),
    },
    {
      method: 'GET',
      path: '/cgi-bin/get_api_domain_ip',
      token: 'any',
      handle: () => ({ ip_list: ['127.0.0.1'] }),
    },
  ];
}
