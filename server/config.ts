import { z } from 'zod';

const url = z.url().transform((value) => value.replace(/\/$/, ''));
const flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((value) => value === '1');

/** Every setting the server reads, with what a person can do when it is missing. Nothing else reads the environment. */
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** How citizens' browsers reach the hall, e.g. https://hall.example.gov.cn */
  PUBLIC_URL: url.optional(),
  MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb://'),
  MONGODB_DATABASE: z.string().default('service_hall'),
  WECHAT_API_BASE: url.default('https://api.weixin.qq.com'),
  WECHAT_OPEN_BASE: url.default('https://open.weixin.qq.com'),
  WECHAT_OA_APPID: z.string().min(1),
  WECHAT_OA_SECRET: z.string().min(1),
  WECHAT_OA_TOKEN: z.string().min(3),
  /** 43 characters: safe mode. Plain mode is not offered. */
  WECHAT_OA_AES_KEY: z.string().length(43),
  WECHAT_MP_APPID: z.string().min(1),
  WECHAT_MP_SECRET: z.string().min(1),
  IDENTITY_BASE: url,
  IDENTITY_CLIENT_ID: z.string().min(1),
  IDENTITY_CLIENT_SECRET: z.string().min(1),
  /** 事项管理系统; without it the catalogue is not kept in step with the province. */
  ITEMS_BASE: url.optional(),
  /** The city's 网上预约 system; without it the hall's bookings are its own. */
  BOOKING_BASE: url.optional(),
  /** The traffic police's payment books. */
  FINES_BASE: url.optional(),
  /** Electricity and gas. */
  UTILITIES_BASE: url.optional(),
  /** The treasury's non-tax system, with our unit there. */
  NONTAX_BASE: url.optional(),
  NONTAX_UNIT: z.string().optional(),
  NONTAX_PASSWORD: z.string().optional(),
  /** WeChat Pay: all of these, or none and nothing can be paid. Files hold PEM texts. */
  WECHAT_PAY_BASE: url.default('https://api.mch.weixin.qq.com'),
  WECHAT_PAY_MCHID: z
    .string()
    .regex(/^\d{8,10}$/)
    .optional(),
  WECHAT_PAY_SERIAL: z
    .string()
    .regex(/^[0-9A-F]{32,48}$/, 'upper-case hex of the merchant certificate')
    .optional(),
  WECHAT_PAY_API_V3_KEY: z.string().length(32).optional(),
  WECHAT_PAY_KEY_FILE: z.string().optional(),
  WECHAT_PAY_CERTIFICATE_FILE: z.string().optional(),
  /** 微信支付公钥: `PUB_KEY_ID_…`, or the serial of a platform certificate. */
  WECHAT_PAY_PLATFORM_KEY_ID: z.string().optional(),
  WECHAT_PAY_PLATFORM_KEY_FILE: z.string().optional(),
  /** SMS by Tencent Cloud: all of these, or none and no SMS is sent. */
  SMS_BASE: url.default('https://sms.tencentcloudapi.com'),
  SMS_SECRET_ID: z.string().optional(),
  SMS_SECRET_KEY: z.string().optional(),
  SMS_APP: z.string().optional(),
  SMS_SIGNATURE: z.string().default('增城政务'),
  /** 综合受理; without it no matter can be applied for. `soap`: the older flavour for what is handed in. */
  ACCEPT_BASE: url.optional(),
  ACCEPT_FLAVOUR: z.enum(['json', 'soap']).default('json'),
  /** SM2, 130 hex digits: checks its callbacks. */
  ACCEPT_PUBLIC_KEY: z
    .string()
    .regex(/^04[0-9a-f]{128}$/)
    .optional(),
  /** SM2, 64 hex digits: signs what citizens hand in. From a key service in production. */
  HALL_SM2_PRIVATE_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** The province's progress exchange (EX_GDBS). */
  PROGRESS_BASE: url.optional(),
  /** 电子证照: all of these, or none and no licence is read. */
  LICENCES_BASE: url.optional(),
  LICENCES_APP_KEY: z.string().optional(),
  LICENCES_APP_SECRET: z.string().optional(),
  LICENCES_ACCOUNT: z.string().optional(),
  LICENCES_PASSWORD: z.string().optional(),
  /** 12345, and the key of its callbacks (HMAC-SM3); without them appeals stay with the hall. */
  HOTLINE_BASE: url.optional(),
  HOTLINE_KEY: z.string().min(8).optional(),
  /** `ignored`: the maintenance hours of the government's systems do not hold, as in a demo at night. */
  GOVERNMENT_HOURS: z.enum(['kept', 'ignored']).default('kept'),
  /** `host:port` of ClamAV's daemon; without it uploads stay in quarantine. */
  CLAMD_ADDRESS: z
    .string()
    .regex(/^[\w.-]+:\d{1,5}$/)
    .optional(),
  /** Our name and token at the provincial gateway (x-tif headers). */
  GATEWAY_PAAS_ID: z.string().min(1),
  GATEWAY_TOKEN: z.string().min(8),
  /** 32 hex digits: SM4 key for personal data; and the HMAC-SM3 key of the blind index. From a key service in production. */
  FIELD_KEY: z.string().regex(/^[0-9a-f]{32}$/),
  INDEX_KEY: z.string().regex(/^[0-9a-f]{64}$/),
  /** 64 hex digits: signs QR texts and one-time links. */
  SIGNING_KEY: z.string().regex(/^[0-9a-f]{64}$/),
  /** A staff session without a request ends after this many minutes. */
  STAFF_IDLE_MINUTES: z.coerce.number().int().min(1).max(480).default(15),
  /** Figures for Prometheus: `GET /metrics` on this port, on this machine only. One a process; without it there is none. */
  METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  /** Multiplies all rate limits; above 1 only for load tests. */
  RATE_FACTOR: z.coerce.number().min(1).max(100_000).default(1),
  /** Demo only: the hall's clock runs this many milliseconds ahead (or behind, negative). */
  HALL_CLOCK_OFFSET_MS: z.coerce.number().int().default(0),
  /** 1 = demo: seeds load once, and a year without a published calendar is estimated and marked so. */
  DEMO: flag,
});

export type Config = Readonly<z.output<typeof Environment> & { publicUrl: string }>;

const advice: Record<string, string> = {
  MONGODB_URI:
    'set it to your MongoDB replica set, e.g. mongodb://host/?replicaSet=rs0; `npm start` sets it for you',
  WECHAT_OA_AES_KEY:
    'the 43-character EncodingAESKey of the official account, safe mode (设置与开发 → 服务器配置)',
  FIELD_KEY: '32 lower-case hex digits from your key service; losing it loses the personal data',
  ACCEPT_PUBLIC_KEY: 'the SM2 public key of the acceptance system: 04 and 128 lower-case hex digits',
  HALL_SM2_PRIVATE_KEY: '64 lower-case hex digits; its public key is registered at the acceptance system',
  SIGNING_KEY: '64 lower-case hex digits from your key service',
  INDEX_KEY: '64 lower-case hex digits from your key service',
};

/** Reads and checks the environment; throws one Error that lists every problem and how to mend it. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const result = Environment.safeParse(environment);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `  ${name}: ${issue.message}${advice[name] ? ` — ${advice[name]}` : ''}`;
    });
    throw new Error(
      `The configuration is not complete:\n${lines.join('\n')}\nSee README.md, "Configuration".`,
    );
  }
  const config = result.data;
  return { ...config, publicUrl: config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}` };
}
