import type { Endpoint } from '../core/api.ts';
import { Refusal } from '../core/errors.ts';
import { textOf } from '../core/json.ts';

/** `/cgi-bin/token` and `/cgi-bin/stable_token`. Their quota is counted once the secret was right. */
export const tokenEndpoints: Endpoint[] = [
  {
    method: 'GET',
    path: '/cgi-bin/token',
    token: 'none',
    handle: ({ world, query }) => {
      if (query.get('grant_type') !== 'client_credential') throw new Refusal(40002);
      const application = world.tokens.application(query.get('appid') ?? '', query.get('secret') ?? '');
      world.quota.take(application.appid, '/cgi-bin/token');
      const { value, expiresIn } = world.tokens.issuePlain(application);
      return { access_token: value, expires_in: expiresIn };
    },
  },
  {
    method: 'POST',
    path: '/cgi-bin/stable_token',
    token: 'none',
    handle: ({ world, body }) => {
      if (textOf(body, 'grant_type') !== 'client_credential') throw new Refusal(40002);
      const application = world.tokens.application(textOf(body, 'appid'), textOf(body, 'secret'));
      world.quota.take(application.appid, '/cgi-bin/stable_token');
      const { value, expiresIn } = world.tokens.issueStable(application, body['force_refresh'] === true);
      return { access_token: value, expires_in: expiresIn };
    },
  },
];
