import { Pool } from 'undici';
import { z } from 'zod';
import { WechatError, type WechatErrorClass } from '../wechat/official-account/errors.ts';
import { signRequest } from './signRequest.ts';

export interface SmsOptions {
  /** Scheme and host of the provider. */
  readonly base: string;
  readonly secretId: string;
  readonly secretKey: string;
  /** SmsSdkAppId of the application at the provider. */
  readonly app: string;
  /** The approved signature, without the brackets: 增城政务. */
  readonly signature: string;
  readonly timeoutMs?: number;
  readonly now?: () => Date;
}

export interface TextMessage {
  /** Comes back with the provider's answer; the provider does not dedupe by it. */
  readonly id: string;
  /** Eleven digits. */
  readonly phone: string;
  readonly templateId: string;
  /** In the order of the template's {1}, {2}… */
  readonly params: readonly string[];
}

const Answer = z.object({
  Response: z.object({
    Error: z.object({ Code: z.string(), Message: z.string() }).optional(),
    SendStatusSet: z.array(z.object({ SerialNo: z.string(), Code: z.string() })).optional(),
    RequestId: z.string(),
  }),
});

/** What each family of codes asks of us; the rest is a fault of this message. */
const classes: readonly (readonly [RegExp, WechatErrorClass])[] = [
  [/^LimitExceeded\.PhoneNumber(ThirtySecond|OneHour)Limit$/, 'slower'],
  [/^LimitExceeded\.PhoneNumber|PhoneNumberInBlacklist|IncorrectPhoneNumber/, 'person'],
  [/^(RequestLimitExceeded|LimitExceeded\.DeliveryFrequencyLimit)/, 'slower'],
  [/^(InternalError|ResourceUnavailable)/, 'retry'],
  [
    /^(AuthFailure|UnauthorizedOperation|FailedOperation\.(Signature|Template|InsufficientBalance)|LimitExceeded\.App)/,
    'stop',
  ],
];
const classOf = (code: string): WechatErrorClass => classes.find(([form]) => form.test(code))?.[1] ?? 'row';

export interface SmsClient {
  /**
   * Hands one message to the provider, which answers with its serial number. Throws a `WechatError` of the class that
   * says what to do; `unknown` may have been sent and must not be repeated. No error holds the phone or the text.
   */
  send(message: TextMessage): Promise<{ readonly serial: string }>;
  close(): Promise<void>;
}

/** SMS by Tencent Cloud's `SendSms` (2021-01-11): approved signature and template, one number a call. */
export function connectSms(options: SmsOptions): SmsClient {
  const timeout = options.timeoutMs ?? 5000;
  const pool = new Pool(options.base, {
    connections: 8,
    connect: { timeout },
    headersTimeout: timeout,
    bodyTimeout: timeout,
  });
  const { host } = new URL(options.base);
  const contentType = 'application/json; charset=utf-8';

  async function call(body: string): Promise<z.infer<typeof Answer>> {
    const timestamp = Math.floor((options.now?.() ?? new Date()).getTime() / 1000);
    const authorization = signRequest({
      ...{ secretId: options.secretId, secretKey: options.secretKey, service: 'sms', host },
      ...{ action: 'SendSms', contentType, body, timestamp },
    });
    try {
      const answer = await pool.request({
        method: 'POST',
        path: '/',
        headers: {
          ...{ authorization, host, 'content-type': contentType, 'x-tc-action': 'SendSms' },
          ...{
            'x-tc-timestamp': String(timestamp),
            'x-tc-version': '2021-01-11',
            'x-tc-region': 'ap-guangzhou',
          },
        },
        body,
      });
      return Answer.parse(await answer.body.json());
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      const unsent = code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'UND_ERR_CONNECT_TIMEOUT';
      throw refusal(unsent ? 'retry' : 'unknown', typeof code === 'string' ? code : 'no answer');
    }
  }

  return {
    send: async ({ id, phone, templateId, params }) => {
      const { Response } = await call(
        JSON.stringify({
          ...{ PhoneNumberSet: [`+86${phone}`], SmsSdkAppId: options.app, SignName: options.signature },
          ...{ TemplateId: templateId, TemplateParamSet: params, SessionContext: id },
        }),
      );
      const code = Response.Error?.Code ?? Response.SendStatusSet?.[0]?.Code ?? 'NoStatus';
      if (code !== 'Ok') throw refusal(classOf(code), code, Response.RequestId);
      return { serial: Response.SendStatusSet![0]!.SerialNo };
    },
    close: () => pool.close(),
  };
}

const refusal = (kind: WechatErrorClass, code: string, rid: string | null = null): WechatError =>
  new WechatError(null, kind, 'sms', code, rid);
