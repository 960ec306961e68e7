import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExecutionContext } from 'ava';
import { citizens } from '../citizens.ts';
import type { JsonObject } from '../core/errors.ts';
import { MessageCrypto, sign } from '../events/message-crypto.ts';
import { fromXml, toXml, type XmlFields, type XmlNode, xmlText } from '../events/xml.ts';
import { startWechat, type Wechat, type WechatOptions } from '../server.ts';

export const account = {
  appid: 'wx1000000000000001',
  secret: 'account-secret',
  token: 'callback-token',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
};
export const program = { appid: 'wx1000000000000002', secret: 'program-secret' };
export const openidOf = (id: string) => citizens.find((one) => one.id === id)!.openids.officialAccount;
export const programOpenidOf = (id: string) => citizens.find((one) => one.id === id)!.openids.miniProgram;

export type Push = { query: URLSearchParams; fields: Record<string, XmlNode>; raw: string };

/** A platform under test with a clock that stands still until it is moved. */
export type Bench = {
  wechat: Wechat;
  clock: { at: number; move(ms: number): void };
  /** POST (or GET without body) with the official account's token. */
  call(path: string, body?: unknown): Promise<JsonObject>;
  /** The same with the mini-program's token. */
  callProgram(path: string, body?: unknown): Promise<JsonObject>;
  raw(path: string, init?: RequestInit): Promise<JsonObject>;
};

export async function startBench(
  t: ExecutionContext,
  options: Partial<WechatOptions> & { at?: string } = {},
): Promise<Bench> {
  const { at, ...rest } = options;
  const clock = {
    at: Date.parse(at ?? '2026-11-25T10:00:00+08:00'),
    move(ms: number) {
      clock.at += ms;
    },
  };
  const wechat = await startWechat({
    officialAccount: account,
    miniProgram: program,
    now: () => new Date(clock.at),
    faults: { eventDelayMs: 0, deliveryGapMs: 0 },
    ...rest,
  });
  t.teardown(() => wechat.close());
  const raw = async (path: string, init?: RequestInit) =>
    (await (await fetch(wechat.url + path, init)).json()) as JsonObject;
  // Asked each time, as the normal mode allows: the same token, or the next one when the clock was moved.
  const tokenOf = async (application: { appid: string; secret: string }) => {
    const answer = await raw('/cgi-bin/stable_token', {
      method: 'POST',
      body: JSON.stringify({ grant_type: 'client_credential', ...application }),
    });
    return String(answer['access_token']);
  };
  const caller =
    (application: { appid: string; secret: string }) =>
    async (path: string, body?: unknown): Promise<JsonObject> => {
      const token = await tokenOf({ appid: application.appid, secret: application.secret });
      const address = `${path}${path.includes('?') ? '&' : '?'}access_token=${token}`;
      return raw(address, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
    };
  return { wechat, clock, call: caller(account), callProgram: caller(program), raw };
}

/** What the callback answers to one push: a body, or nothing at all until the test ends. */
export type Respond = (push: Push) => { status?: number; body?: string } | 'silence';

/** The account's server: checks every push as a careful one would, and answers as told. */
export async function startCallback(t: ExecutionContext, bench: Bench, respond: Respond = () => ({})) {
  const pushes: Push[] = [];
  const crypto = new MessageCrypto(account.aesKey, account.appid);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const query = new URL(request.url ?? '', 'http://callback').searchParams;
      const get = (name: string) => query.get(name) ?? '';
      if (request.method === 'GET') {
        const good = sign(account.token, get('timestamp'), get('nonce')) === get('signature');
        response.end(good ? get('echostr') : 'no');
        return;
      }
      const raw = Buffer.concat(chunks).toString('utf8');
      const encrypted = xmlText(fromXml(raw)?.['Encrypt']);
      if (sign(account.token, get('timestamp'), get('nonce'), encrypted) !== get('msg_signature')) {
        response.writeHead(403).end();
        return;
      }
      const push = { query, fields: fromXml(crypto.decrypt(encrypted)) ?? {}, raw };
      pushes.push(push);
      const answer = respond(push);
      if (answer === 'silence') return;
      response.writeHead(answer.status ?? 200).end(answer.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  bench.wechat.setCallback(`http://127.0.0.1:${(server.address() as AddressInfo).port}/wechat/callback`);
  return { pushes, events: () => pushes.map((push) => xmlText(push.fields['Event'])) };
}

/** A passive reply, sealed as the account's server has to seal it. */
export function seal(
  fields: XmlFields,
  change: { appid?: string; timestamp?: string; token?: string } = {},
): string {
  const timestamp = change.timestamp ?? '1795572000';
  const nonce = '7';
  const encrypted = new MessageCrypto(account.aesKey, change.appid ?? account.appid).encrypt(toXml(fields));
  const signature = sign(change.token ?? account.token, timestamp, nonce, encrypted);
  return toXml({ Encrypt: encrypted, MsgSignature: signature, TimeStamp: Number(timestamp), Nonce: nonce });
}

export const bookedTitle = '预约成功通知';
export const bookedData = {
  thing1: { value: '居民身份证换领' },
  time2: { value: '2026年11月26日 09:30~10:00' },
  thing3: { value: '增城区政务服务中心' },
  character_string4: { value: 'A20261126001' },
  thing5: { value: '请带上身份证原件' },
};

export function templateIdOf(bench: Bench, title = bookedTitle): string {
  return bench.wechat.platform.shelves.of('official').find((one) => one.title === title)!.templateId;
}

/** A template message to a citizen; `changes` are laid over it. */
export function notice(bench: Bench, citizen: string, changes: Record<string, unknown> = {}) {
  return { touser: openidOf(citizen), template_id: templateIdOf(bench), data: bookedData, ...changes };
}
