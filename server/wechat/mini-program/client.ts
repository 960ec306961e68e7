import { WechatError } from '../official-account/errors.ts';
import type { Transport } from '../official-account/transport.ts';
import type { MiniProgramLogin } from './port.ts';

/** sns/jscode2session. The secret travels in the query, as WeChat wants it; the transport keeps it out of every error. */
export function createMiniProgramLogin(options: {
  readonly transport: Transport;
  readonly appid: string;
  readonly secret: string;
}): MiniProgramLogin {
  const { transport, appid, secret } = options;
  return {
    async exchange(code) {
      const query = new URLSearchParams({ appid, secret, js_code: code, grant_type: 'authorization_code' });
      const path = '/sns/jscode2session';
      const { openid, unionid } = await transport.call({ method: 'GET', target: `${path}?${query}` });
      if (typeof openid !== 'string' || openid === '') {
        throw new WechatError(null, 'unknown', path, 'the answer names no openid');
      }
      return { openid, unionid: typeof unionid === 'string' && unionid !== '' ? unionid : null };
    },
  };
}
