import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import { createClientAsync } from 'soap';
import { Pool } from 'undici';
import type { EnvelopeKeys } from '../../government/kit/smEnvelope.ts';
import { wsdl } from './peers.ts';

/** What one would write without the kit, and nothing more: the same bytes, no audit, no limits. */
export interface Bare {
  call(): Promise<unknown>;
  close(): Promise<void>;
}

export function bareRest(url: string, token: string): Bare {
  const pool = new Pool(url, { connections: 16 });
  return {
    async call() {
      const [timestamp, nonce] = [String(Math.floor(Date.now() / 1000)), randomBytes(16).toString('hex')];
      const signature = createHash('sha256').update(`${timestamp}${token}${nonce}${timestamp}`).digest('hex');
      const answer = await pool.request({
        method: 'GET',
        path: '/detail?code=1',
        headers: {
          'x-tif-paasid': 'p',
          'x-tif-timestamp': timestamp,
          'x-tif-nonce': nonce,
          'x-tif-signature': signature,
        },
      });
      return JSON.parse(await answer.body.text()) as unknown;
    },
    close: () => pool.close(),
  };
}

export function bareEnvelope(url: string, keys: EnvelopeKeys, value: unknown): Bare {
  const pool = new Pool(url, { connections: 16 });
  const key = Buffer.from(keys.sm4Key, 'hex');
  const options = { hash: true, userId: '1234567812345678' } as const;
  return {
    async call() {
      const cipher = createCipheriv('sm4-ecb', key, null);
      const encData = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()])
        .toString('hex')
        .toUpperCase();
      const timestamp = String(Date.now());
      const text = (data: string, app: string, at: string): Buffer =>
        Buffer.from(`appCode=${app}&encData=${data}&encType=SM4&signType=SM2&timestamp=${at}&version=1.0.0`);
      const signData = Buffer.from(
        sm2.doSignature(text(encData, keys.appCode, timestamp), keys.ourPrivateKey, options),
        'hex',
      ).toString('base64');
      const body = JSON.stringify({
        data: {
          data: { encData },
          appCode: keys.appCode,
          version: '1.0.0',
          encType: 'SM4',
          signType: 'SM2',
          timestamp,
          signData,
        },
      });
      const answer = await pool.request({ method: 'POST', path: '/', body });
      const { data } = JSON.parse(await answer.body.text()) as {
        data: { data: { encData: string }; appCode: string; timestamp: string; signData: string };
      };
      const signature = Buffer.from(data.signData, 'base64').toString('hex');
      const good = sm2.doVerifySignature(
        text(data.data.encData, data.appCode, data.timestamp),
        signature,
        keys.theirPublicKey,
        options,
      );
      if (!good) throw new Error('a wrong signature');
      const decipher = createDecipheriv('sm4-ecb', key, null);
      return JSON.parse(
        Buffer.concat([decipher.update(data.data.encData, 'hex'), decipher.final()]).toString(),
      ) as unknown;
    },
    close: () => pool.close(),
  };
}

type Exchange = (args: Record<string, string>) => Promise<[unknown]>;

export async function bareSoap(url: string, args: Record<string, string>): Promise<Bare> {
  const client = await createClientAsync(wsdl, { endpoint: `${url}/exchange`, disableCache: true });
  const send = (client as unknown as Record<string, Exchange>)['setDataXmlToFocusAsync']!.bind(client);
  return { call: () => send(args), close: async () => {} };
}
