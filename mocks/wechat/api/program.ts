import { createHmac, randomUUID } from 'node:crypto';
import type { Endpoint } from '../core/api.ts';
import { ok } from '../core/api.ts';
import type { JsonObject } from '../core/errors.ts';
import { Refusal } from '../core/errors.ts';
import { randomText } from '../core/ids.ts';
import { integerOf, textOf } from '../core/json.ts';
import { seconds } from '../core/local-time.ts';
import { qrPng } from '../core/picture.ts';
import type { Codes } from './codes.ts';

/** A few words that trip the content check; `review` words are doubtful, the others risky. */
const watched: { word: string; label: number; suggest: 'risky' | 'review' }[] = [
  { word: '赌博', label: 20006, suggest: 'risky' },
  { word: '代开发票', label: 20008, suggest: 'risky' },
  { word: '刷单返利', label: 20008, suggest: 'risky' },
  { word: '裸聊', label: 20002, suggest: 'risky' },
  { word: '法轮', label: 20001, suggest: 'risky' },
  { word: '加微信', label: 10001, suggest: 'review' },
  { word: '去死', label: 20003, suggest: 'review' },
];

export type LoginGrant = { citizen: string };

/** Sign-in, phone number, content checks and codes of the mini-program. */
export function programEndpoints(logins: Codes<LoginGrant>, phones: Codes<LoginGrant>): Endpoint[] {
  return [
    {
      method: 'GET',
      path: '/sns/jscode2session',
      token: 'none',
      handle: ({ world, query }) => {
        const application = world.tokens.application(query.get('appid') ?? '', query.get('secret') ?? '');
        if (application.account !== 'mp') throw new Refusal(40013);
        if (query.get('grant_type') !== 'authorization_code') throw new Refusal(40002);
        const person = world.people.byId(logins.use(query.get('js_code') ?? '', world.now()).citizen)!;
        person.sessionKey = Buffer.from(randomText(16)).toString('base64');
        person.programUsedAt = world.now().getTime();
        world.people.save(person);
        return {
          session_key: person.sessionKey,
          openid: person.openids.miniProgram,
          unionid: person.unionid,
        };
      },
    },
    {
      method: 'GET',
      path: '/wxa/checksession',
      token: 'mp',
      handle: ({ world, query }) => {
        const person = world.people.byProgramOpenid(query.get('openid') ?? '');
        if (!person) throw new Refusal(40003);
        const expected = createHmac('sha256', person.sessionKey).update('').digest('hex');
        if (person.sessionKey === '' || query.get('signature') !== expected) throw new Refusal(87009);
        return ok();
      },
    },
    {
      method: 'POST',
      path: '/wxa/business/getuserphonenumber',
      token: 'mp',
      handle: ({ world, body }) => {
        const person = world.people.byId(phones.use(textOf(body, 'code'), world.now()).citizen)!;
        return ok({
          phone_info: {
            phoneNumber: person.phone,
            purePhoneNumber: person.phone,
            countryCode: '86',
            watermark: { timestamp: seconds(world.now()), appid: world.appid('mp') },
          },
        });
      },
    },
    {
      method: 'POST',
      path: '/wxa/msg_sec_check',
      token: 'mp',
      handle: ({ world, body }) => {
        const person = world.people.byProgramOpenid(textOf(body, 'openid'));
        if (!person) throw new Refusal(40003);
        if (integerOf(body, 'version') !== 2) throw new Refusal(40097);
        const scene = integerOf(body, 'scene');
        if (scene === undefined || scene < 1 || scene > 4) throw new Refusal(40097);
        const content = textOf(body, 'content');
        if (content === '') throw new Refusal(44002);
        if ([...content].length > 2500) throw new Refusal(45002);
        if (world.now().getTime() - person.programUsedAt > 2 * 3_600_000) throw new Refusal(61010);
        const text = ['title', 'nickname', 'signature'].map((key) => textOf(body, key)).join('\n') + content;
        const hits = watched.filter(({ word }) => text.includes(word));
        const worst = hits.find((hit) => hit.suggest === 'risky') ?? hits[0];
        const detail: JsonObject[] = hits.map((hit) => ({
          strategy: 'keyword',
          errcode: 0,
          label: hit.label,
          level: 90,
          keyword: hit.word,
        }));
        detail.push({ strategy: 'content_model', errcode: 0, suggest: 'pass', label: 100, prob: 90 });
        return ok({
          result: { suggest: worst?.suggest ?? 'pass', label: worst?.label ?? 100 },
          detail,
          trace_id: randomUUID().replaceAll('-', ''),
        });
      },
    },
    {
      method: 'POST',
      path: '/wxa/media_check_async',
      token: 'mp',
      handle: ({ world, body }) => {
        const person = world.people.byProgramOpenid(textOf(body, 'openid'));
        if (!person) throw new Refusal(40003);
        const address = textOf(body, 'media_url');
        if (!/^https?:\/\//.test(address)) throw new Refusal(40066);
        const type = integerOf(body, 'media_type');
        if (type !== 1 && type !== 2) throw new Refusal(40097);
        if (world.now().getTime() - person.programUsedAt > 2 * 3_600_000) throw new Refusal(61010);
        const trace = randomUUID().replaceAll('-', '');
        const risky = address.includes('risky');
        world.delivery.notify({
          ...world.pushHead(person.openids.miniProgram, 'event'),
          Event: 'wxa_media_check',
          appid: world.appid('mp'),
          trace_id: trace,
          version: 2,
          errcode: 0,
          errmsg: 'ok',
          result: { suggest: risky ? 'risky' : 'pass', label: risky ? 20002 : 100 },
        });
        return ok({ trace_id: trace });
      },
    },
    {
      method: 'POST',
      path: '/wxa/getwxacodeunlimit',
      token: 'mp',
      handle: ({ world, body }) => {
        const scene = textOf(body, 'scene');
        if (!/^[\w!#$&'()*+,/:;=?@.~-]{1,32}$/.test(scene)) throw new Refusal(40129, 'invalid scene');
        const page = textOf(body, 'page');
        if (page.startsWith('/') || page.includes('?')) throw new Refusal(41030);
        const target = new URL('https://wxa.wxs.qq.com/scan');
        target.search = new URLSearchParams({ appid: world.appid('mp'), page, scene }).toString();
        const width = Math.min(Math.max(integerOf(body, 'width') ?? 430, 280), 1280);
        return { bytes: qrPng(target.href, width), type: 'image/png' };
      },
    },
  ];
}
