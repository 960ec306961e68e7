import { WechatError } from '../official-account/errors.ts';
import type { Transport } from '../official-account/transport.ts';
import type { WebAuthorisation } from './port.ts';

/** connect/oauth2/authorize and sns/oauth2/access_token. */
export function createWebAuthorisation(options: {
  readonly transport: Transport;
  /** Scheme and host of open.weixin.qq.com, or of the stand-in. */
  readonly openBase: string;
  readonly appid: string;
  readonly secret: string;
}): WebAuthorisation {
  const { transport, openBase, appid, secret } = options;
  return {
    address(redirectUri, state) {
      // WeChat checks the order of these parameters, and the fragment is part of the address.
      const query = new URLSearchParams([
        ['appid', appid],
        ['redirect_uri', redirectUri],
        ['response_type', 'code'],
        ['scope', 'snsapi_base'],
        ['state', state],
      ]);
      return `${openBase}/connect/oauth2/authorize?${query}#wechat_redirect`;
    },
    async exchange(code) {
      const query = new URLSearchParams({ appid, secret, code, grant_type: 'authorization_code' });
      const path = '/sns/oauth2/access_token';
      const { openid, unionid } = await transport.call({ method: 'GET', target: `${path}?${query}` });
      if (typeof openid !== 'string' || openid === '') {
        throw new WechatError(null, 'unknown', path, 'the answer names no openid');
      }
      return { openid, unionid: typeof unionid === 'string' && unionid !== '' ? unionid : null };
    },
  };
}
