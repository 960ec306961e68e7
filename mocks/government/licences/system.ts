import type { Context } from 'koa';
import Router from 'koa-router';
import { jsonOf } from '../core/body.ts';
import { playFaults, type Voice } from '../core/faults.ts';
import { Keep } from '../core/keep.ts';
import { compactTime, localDay } from '../core/localTime.ts';
import { textPdf } from '../core/pdf.ts';
import type { World } from '../core/world.ts';
import { maskedName } from '../progress/portal.ts';
import { demoLicences } from './demoLicences.ts';
import { nationalId } from './ids.ts';
import { kindOfType, licenceTypes } from './types.ts';

export interface Licence {
  code: string;
  type: string;
  name: string;
  issuer: string;
  holder: { idType: string; idNumber: string; name: string };
  status: 'ISSUED' | 'ABOLISHED' | 'SUSPENDED';
  from: string;
  /** '' = for good. */
  until: string;
  fields: Record<string, string>;
}

interface Grant {
  code: string;
  licenceCode: string;
  idNumber: string;
  itemCode: string;
  until: number;
}

interface Data {
  licences: Licence[];
  serial: number;
}

const failure = (code: string, message: string): Record<string, unknown> => ({
  ack_code: 'FAILURE',
  errors: [{ code, message }],
});
const voice: Voice = {
  closed: () => failure('E_CLOSED', '系统维护中'),
  broken: () => failure('E_SYSTEM', '系统异常'),
  tooMany: () => failure('E_RATE', '访问过于频繁'),
};

const tokenLifeMs = 2 * 3_600_000;
const grantLifeMs = 30 * 60_000;

/** 电子证照 (license-app): log-in, authorisation for one person and one matter, reading, archive, verification. */
export class LicencesSystem {
  readonly #keep: Keep<Data>;
  readonly #tokens = new Map<string, number>();
  readonly #grants = new Map<string, Grant>();
  #correlation = 0;
  /** An expired token gets SUCCESS with no data, as one log shows; else E_TOKEN. */
  emptyWhenExpired = false;

  constructor(private readonly world: World) {
    this.#keep = new Keep<Data>(world.options.dir, 'licences', () => ({
      licences: demoLicences(localDay(world.now())),
      serial: 1000,
    }));
  }

  get licences(): readonly Licence[] {
    return this.#keep.value.licences;
  }

  /** All tokens end now. */
  expireTokens(): void {
    this.#tokens.clear();
  }

  setStatus(code: string, status: Licence['status']): void {
    const found = this.#keep.value.licences.find((each) => each.code === code);
    if (!found) throw new Error(`no licence ${code}`);
    found.status = status;
    this.#keep.save();
  }

  /** Issues a licence of the type; returns its national id. */
  issue(type: string, holder: Licence['holder'], issuer: string, fields: Record<string, string>): string {
    const kind = kindOfType(type);
    const data = this.#keep.value;
    data.serial += 1;
    const today = localDay(this.world.now());
    const licence: Licence = {
      code: nationalId(type, '11440118MB2X000123', data.serial),
      type,
      name: kind ? licenceTypes[kind].name : '证照',
      issuer,
      holder,
      status: 'ISSUED',
      from: today,
      until: `${Number(today.slice(0, 4)) + 5}${today.slice(4)}`,
      fields: { ZZMC: kind ? licenceTypes[kind].name : '证照', CZZT: holder.name, ...fields },
    };
    data.licences.push(licence);
    this.#keep.save();
    return licence.code;
  }

  router(): Router {
    const router = new Router({ prefix: '/licences/license-app/v1' });
    const faulty = playFaults(this.world, 'licences', voice);
    router.post('/security/login', faulty, (ctx) => this.login(ctx));
    const inside = (handle: (ctx: Context) => Record<string, unknown>) => (ctx: Context) => {
      const until = this.#tokens.get(String(ctx.query['access_token'] ?? '')) ?? 0;
      if (until <= this.world.wall().getTime()) {
        ctx.body = this.emptyWhenExpired
          ? { ...this.envelope(), ack_code: 'SUCCESS', errors: [] }
          : { ...this.envelope(), ...failure('E_TOKEN', 'access_token无效或已过期') };
        return;
      }
      ctx.body = { ...this.envelope(), ...handle(ctx) };
    };
    router.post(
      '/license/auth',
      faulty,
      inside((ctx) => this.authorise(ctx)),
    );
    router.get(
      '/license/get_license',
      faulty,
      inside((ctx) =>
        this.opened(ctx, (licence) => ({
          license_code: licence.code,
          name: licence.name,
          data_fields: licence.fields,
        })),
      ),
    );
    router.get(
      '/license/archive',
      faulty,
      inside((ctx) =>
        this.opened(ctx, (licence) => ({
          file_name: `${licence.name}.pdf`,
          file_data: textPdf(
            licence.name,
            Object.entries(licence.fields).map(([name, value]) => `${name} ${value}`),
          ).toString('base64'),
        })),
      ),
    );
    router.get(
      '/license/verify',
      faulty,
      inside((ctx) => {
        const found = this.licences.find(({ code }) => code === ctx.query['license_code']);
        if (!found) return { ack_code: 'SUCCESS', errors: [], data: { exists: 'N' } };
        return {
          ack_code: 'SUCCESS',
          errors: [],
          data: { exists: 'Y', ...this.summary(found), holder_name: maskedName(found.holder.name) },
        };
      }),
    );
    return router;
  }

  private login(ctx: Context): void {
    const { app_key: key, app_secret: secret, account, password } = jsonOf(ctx);
    const own = this.world.options.licences;
    const right =
      own &&
      key === own.appKey &&
      secret === own.appSecret &&
      account === own.account &&
      password === own.password;
    if (!right) {
      ctx.body = { ...this.envelope(), ...failure('E_LOGIN', '应用或账号不正确') };
      return;
    }
    const token = `${compactTime(this.world.wall())}${Math.abs(this.world.random.integer(1e9))}${this.#tokens.size}`;
    this.#tokens.set(token, this.world.wall().getTime() + tokenLifeMs);
    ctx.body = {
      ...this.envelope(),
      ack_code: 'SUCCESS',
      errors: [],
      access_token: token,
      data: { expires_in: 7200 },
    };
  }

  private authorise(ctx: Context): Record<string, unknown> {
    const body = jsonOf(ctx);
    const of = (name: string): string => String(body[name] ?? '');
    const authorization = (body['authorization'] ?? {}) as Record<string, unknown>;
    if (of('identity_number') === '' || of('service_item_code') === '' || of('service_item_name') === '')
      return failure('E_PARAM', '缺少证件号码或事项信息');
    if (!authorization['text_version'] || !authorization['given_at'])
      return failure('E_AUTHORIZATION', '缺少持证人授权');
    const found = this.licences.filter(
      ({ holder }) =>
        holder.idNumber === of('identity_number') && holder.idType === (of('identity_type') || holder.idType),
    );
    const now = this.world.wall();
    const data = found.map((licence) => {
      this.#correlation += 1;
      const code = `${compactTime(now)}${String(now.getMilliseconds()).padStart(3, '0')}ZC${String(this.#correlation).padStart(6, '0')}`;
      this.#grants.set(code, {
        code,
        licenceCode: licence.code,
        idNumber: licence.holder.idNumber,
        itemCode: of('service_item_code'),
        until: now.getTime() + grantLifeMs,
      });
      return { ...this.summary(licence), auth_code: code };
    });
    return { ack_code: 'SUCCESS', errors: [], data, auth_codes: data.map((each) => each.auth_code) };
  }

  private opened(ctx: Context, show: (licence: Licence) => Record<string, unknown>): Record<string, unknown> {
    const grant = this.#grants.get(String(ctx.query['auth_code'] ?? ''));
    if (!grant || grant.until <= this.world.wall().getTime())
      return failure('E_AUTH_CODE', '用证码无效或已过期');
    if (ctx.query['service_item_code'] !== grant.itemCode) return failure('E_AUTH_ITEM', '用证码与事项不符');
    const licence = this.licences.find(({ code }) => code === grant.licenceCode);
    if (!licence) return failure('E_LICENSE', '证照不存在');
    return { ack_code: 'SUCCESS', errors: [], data: show(licence) };
  }

  private summary(licence: Licence): Record<string, string> {
    return {
      license_code: licence.code,
      license_type: licence.type,
      name: licence.name,
      issue_org_name: licence.issuer,
      status: licence.status,
      valid_from: licence.from,
      valid_to: licence.until || '-1',
    };
  }

  private envelope(): Record<string, unknown> {
    this.#correlation += 1;
    return {
      sign: '',
      sign_method: 'NONE',
      timestamp: String(this.world.wall().getTime()),
      correlation_id: `C${this.#correlation}`,
      response_id: `R${this.#correlation}`,
    };
  }
}
