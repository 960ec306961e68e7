import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { receivedPage } from './page.ts';
import { refuseSignature } from './signature.ts';
import { templates } from './templates.ts';

export interface SmsSettings {
  readonly port?: number;
  readonly host?: string | undefined;
  readonly secretId: string;
  readonly secretKey: string;
  readonly app: string;
  readonly signature: string;
  readonly now?: () => Date;
}

export interface Received {
  readonly at: Date;
  readonly phone: string;
  readonly text: string;
  readonly session: string;
}

export interface SmsStandIn {
  readonly url: string;
  readonly received: readonly Received[];
  /** Numbers that asked not to be written to. */
  readonly blacklist: Set<string>;
  /** `code`: every call is refused with it; `drop`: it is done and the answer is lost. Null: as it should be. */
  fault: { readonly code: string } | { readonly drop: true } | null;
  close(): Promise<void>;
}

/** The provider's limits for one number: so many within so many seconds, and the code beyond. */
const limits = [
  { count: 1, seconds: 30, code: 'LimitExceeded.PhoneNumberThirtySecondLimit' },
  { count: 5, seconds: 3600, code: 'LimitExceeded.PhoneNumberOneHourLimit' },
  { count: 10, seconds: 86_400, code: 'LimitExceeded.PhoneNumberDailyLimit' },
] as const;

/** A stand-in for Tencent Cloud's SMS service: `SendSms` with its signature, its approved texts and its limits. */
export async function startSms(settings: SmsSettings): Promise<SmsStandIn> {
  const now = settings.now ?? (() => new Date());
  const received: Received[] = [];
  const sms = { received, blacklist: new Set<string>(), fault: null as SmsStandIn['fault'] };

  function sendOne(body: Record<string, unknown>): { refused: string } | { text: string; phone: string } {
    const numbers = body['PhoneNumberSet'];
    const [number] = Array.isArray(numbers) ? (numbers as unknown[]) : [];
    if (typeof number !== 'string' || (numbers as unknown[]).length !== 1)
      return { refused: 'InvalidParameter' };
    if (body['SmsSdkAppId'] !== settings.app)
      return { refused: 'UnauthorizedOperation.SmsSdkAppIdVerifyFail' };
    if (body['SignName'] !== settings.signature) {
      return { refused: 'FailedOperation.SignatureIncorrectOrUnapproved' };
    }
    const template = templates.find(({ id }) => id === body['TemplateId']);
    if (!template) return { refused: 'FailedOperation.TemplateIncorrectOrUnapproved' };
    const params = body['TemplateParamSet'];
    const wanted = new Set([...template.text.matchAll(/\{(\d+)\}/g)].map(([, n]) => n)).size;
    if (
      !Array.isArray(params) ||
      params.length !== wanted ||
      params.some((each) => typeof each !== 'string' || each === '')
    ) {
      return { refused: 'FailedOperation.TemplateParamSetNotMatchApprovedTemplate' };
    }
    const phone = /^\+86(1[3-9]\d{9})$/.exec(number)?.[1];
    if (!phone) return { refused: 'InvalidParameterValue.IncorrectPhoneNumber' };
    if (sms.blacklist.has(phone)) return { refused: 'FailedOperation.PhoneNumberInBlacklist' };
    for (const { count, seconds, code } of limits) {
      const since = now().getTime() - seconds * 1000;
      const lately = received.filter((each) => each.phone === phone && each.at.getTime() > since).length;
      if (lately >= count) return { refused: code };
    }
    const words = template.text.replace(/\{(\d+)\}/g, (_, n: string) => String(params[Number(n) - 1]));
    return { phone, text: `【${settings.signature}】${words}` };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET' && request.url === '/') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(receivedPage(received));
      return;
    }
    let body = '';
    for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) body += chunk;
    const RequestId = randomUUID();
    const say = (content: object): void => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ Response: { ...content, RequestId } }));
    };
    const refuse = (Code: string): void => say({ Error: { Code, Message: 'refused' } });
    if (request.method !== 'POST' || request.url !== '/') return refuse('InvalidAction');
    const wrong = refuseSignature(request, body, settings, now());
    if (wrong) return refuse(wrong);
    if (request.headers['x-tc-action'] !== 'SendSms') return refuse('InvalidAction');
    if (request.headers['x-tc-version'] !== '2021-01-11') return refuse('NoSuchVersion');
    const { fault } = sms;
    if (fault && 'code' in fault) return refuse(fault.code);
    let asked: Record<string, unknown>;
    try {
      asked = JSON.parse(body) as Record<string, unknown>;
    } catch {
      return refuse('InvalidParameter');
    }
    const done = sendOne(asked);
    const session = String(asked['SessionContext'] ?? '');
    if ('text' in done) received.push({ at: now(), session, ...done });
    if (fault) return void request.socket.destroy();
    const Code = 'refused' in done ? done.refused : 'Ok';
    const serial = 'refused' in done ? '' : `2640:${randomUUID().replaceAll('-', '')}`;
    say({ SendStatusSet: [{ SerialNo: serial, Fee: Code === 'Ok' ? 1 : 0, SessionContext: session, Code }] });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port ?? 0, settings.host ?? '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return Object.assign(sms, {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  });
}
