import CoWechatApi from 'co-wechat-api';
import type { AccessToken } from './accessToken.ts';
import { WechatError } from './errors.ts';
import type { Transport } from './transport.ts';

/**
 * co-wechat-api with its one way out replaced: the host comes from the configuration, calls have a time limit, errors
 * are classed and hold no secret, the token is shared by all processes, and a dead token is replaced once a call.
 */
export class SharedTokenApi extends CoWechatApi {
  constructor(
    appid: string,
    private readonly tokens: AccessToken,
    private readonly transport: Transport,
  ) {
    // `true`: the library neither fetches tokens nor retries by itself (it would do so without end). No secret needed.
    super(appid, '', noToken, async () => {}, true);
    this.prefix = 'https://api.weixin.qq.com/cgi-bin/';
  }

  override async ensureAccessToken(): Promise<{ accessToken: string }> {
    return { accessToken: await this.tokens.get() };
  }

  override async request(
    url: string,
    options: { method?: string; data?: string } = {},
  ): Promise<Record<string, unknown>> {
    const { pathname, searchParams } = new URL(url);
    const send = (): Promise<Record<string, unknown>> =>
      this.transport.call({
        method: options.method === 'POST' ? 'POST' : 'GET',
        target: `${pathname}?${searchParams.toString()}`,
        body: options.data,
      });
    try {
      return await send();
    } catch (error) {
      const dead = searchParams.get('access_token');
      if (!(error instanceof WechatError) || error.kind !== 'refresh' || !dead) throw error;
      searchParams.set('access_token', await this.tokens.replace(dead));
      return send();
    }
  }

  /** A call that the library lacks. `path` is below /cgi-bin/. */
  async post(path: string, body: unknown): Promise<Record<string, unknown>> {
    const token = await this.tokens.get();
    return this.request(`${this.prefix}${path}?access_token=${encodeURIComponent(token)}`, {
      method: 'POST',
      data: JSON.stringify(body),
    });
  }
}

const noToken = async (): Promise<never> => {
  throw new Error('tokens come from AccessToken');
};
