import { createCipheriv, createSign, createVerify, randomBytes, X509Certificate } from 'node:crypto';
import { PayRefusal } from './errors.ts';
import type { PayKeys } from './keys.ts';

/** A request or answer may be this old. */
const freshMs = 5 * 60_000;
const scheme = 'WECHATPAY2-SHA256-RSA2048';

export interface SignedRequest {
  readonly method: string;
  /** Path and query, as they stand in the request line. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Checks the merchant's signature; returns the merchant number it speaks for. 401 SIGN_ERROR otherwise. */
export function verifyRequest(request: SignedRequest, keys: PayKeys, now: Date): string {
  const { authorization, accept } = request.headers;
  if (!accept || !request.headers['user-agent'])
    throw new PayRefusal(400, 'PARAM_ERROR', 'Http头Accept、User-Agent必填');
  if (typeof authorization !== 'string' || !authorization.startsWith(`${scheme} `))
    throw new PayRefusal(
      401,
      'SIGN_ERROR',
      'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》',
    );
  const part = (name: string): string =>
    new RegExp(`(?:^|[ ,])${name}="([^"]*)"`).exec(authorization)?.[1] ?? '';
  const [mchid, serial, timestamp, nonce, signature] = [
    part('mchid'),
    part('serial_no'),
    part('timestamp'),
    part('nonce_str'),
    part('signature'),
  ];
  if (serial.toUpperCase() !== keys.merchant.serial || mchid !== keys.mchid)
    throw new PayRefusal(401, 'SIGN_ERROR', '商户证书序列号有误。请使用签名私钥匹配的证书序列号');
  if (!/^\d{10}$/.test(timestamp) || Math.abs(now.getTime() - Number(timestamp) * 1000) > freshMs)
    throw new PayRefusal(401, 'SIGN_ERROR', 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟');
  const text = `${request.method}\n${request.target}\n${timestamp}\n${nonce}\n${request.body}\n`;
  const holds = createVerify('sha256')
    .update(text)
    .verify(new X509Certificate(keys.merchant.certificate).publicKey, signature, 'base64');
  if (!holds)
    throw new PayRefusal(401, 'SIGN_ERROR', '错误的签名，验签失败', {
      detail: { issue: 'sign not match' },
      field: 'signature',
      location: 'authorization',
      sign_information: {
        method: request.method,
        sign_message_length: Buffer.byteLength(text),
        truncated_sign_message: `${request.method}\n${request.target}\n${timestamp}\n`,
        url: request.target,
      },
    });
  return mchid;
}

export type SigningMode = 'publicKey' | 'certificate';

/** What the platform puts on an answer or a notice. */
export function platformHeaders(
  body: string,
  keys: PayKeys,
  mode: SigningMode,
  now: Date,
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const newest = keys.platform.at(-1)!;
  const signer =
    mode === 'publicKey'
      ? { serial: keys.publicKey.id, key: keys.publicKey.privateKey }
      : { serial: newest.serial, key: newest.privateKey };
  const signature = createSign('sha256')
    .update(`${timestamp}\n${nonce}\n${body}\n`)
    .sign(signer.key, 'base64');
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': signer.serial,
    'Wechatpay-Signature': signature,
    'Wechatpay-Signature-Type': scheme,
  };
}

/** The signature a page hands to the cashier: four lines, each ended by a line feed. */
export function paySignHolds(
  pay: { appId: string; timeStamp: string; nonceStr: string; package: string; paySign: string },
  keys: PayKeys,
): boolean {
  return createVerify('sha256')
    .update(`${pay.appId}\n${pay.timeStamp}\n${pay.nonceStr}\n${pay.package}\n`)
    .verify(new X509Certificate(keys.merchant.certificate).publicKey, pay.paySign, 'base64');
}

export interface Sealed {
  readonly algorithm: 'AEAD_AES_256_GCM';
  readonly ciphertext: string;
  readonly associated_data: string;
  readonly nonce: string;
}

/** AES-256-GCM under the APIv3 key; the last 16 bytes of the ciphertext are the tag. */
export function seal(text: string, associatedData: string, apiV3Key: string): Sealed {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce).setAAD(Buffer.from(associatedData));
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: bytes.toString('base64'),
    associated_data: associatedData,
    nonce,
  };
}
