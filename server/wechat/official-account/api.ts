import { randomBytes } from 'node:crypto';
import CoWechatApi from 'co-wechat-api';
import type { AccessToken } from './accessToken.ts';
import { WechatError } from './errors.ts';
import type { UploadedFile } from './port.ts';
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
    options: { method?: string; data?: string | Buffer; headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Record<string, unknown>> {
    const { pathname, searchParams } = new URL(url);
    const send = (): Promise<Record<string, unknown>> =>
      this.transport.call({
        method: options.method === 'POST' ? 'POST' : 'GET',
        target: `${pathname}?${searchParams.toString()}`,
        body: options.data,
        contentType: options.headers?.['content-type'],
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

  /** Uploads a file as the form field `media`. `path` is below /cgi-bin/. */
  async upload(path: string, query: string, file: UploadedFile): Promise<Record<string, unknown>> {
    const token = await this.tokens.get();
    // A boundary that the file cannot hold by accident; the name is ours, so that nothing in it ends the header.
    const boundary = `hall-${randomBytes(18).toString('hex')}`;
    const name = file.type === 'image/png' ? 'picture.png' : 'picture.jpg';
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="${name}"\r\nContent-Type: ${file.type}\r\n\r\n`;
    return this.request(`${this.prefix}${path}?access_token=${encodeURIComponent(token)}${query}`, {
      method: 'POST',
      data: Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    });
  }
}

const noToken = async (): Promise<never> => {
  throw new Error('tokens come from AccessToken');
};
