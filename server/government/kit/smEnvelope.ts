import { z } from 'zod';
import { sm4Decrypt, sm4Encrypt } from '../../kernel/crypto/sm.ts';
import { sm2Sign, sm2Verify } from '../../kernel/crypto/sm2.ts';
import { GovernmentError } from './governmentError.ts';

/** What both sides agreed on: our key to sign, theirs to check, one SM4 key for both ways. */
export interface EnvelopeKeys {
  readonly appCode: string;
  readonly ourPrivateKey: string;
  readonly theirPublicKey: string;
  /** 32 hex digits. */
  readonly sm4Key: string;
  /** Null: ECB, as older peers ask for; 32 hex digits: CBC. */
  readonly iv: string | null;
}

const Envelope = z.object({
  data: z.object({
    data: z.object({ encData: z.string().regex(/^([0-9a-fA-F]{32})+$/) }),
    appCode: z.string(),
    version: z.string(),
    encType: z.literal('SM4'),
    signType: z.literal('SM2'),
    timestamp: z.union([z.string(), z.number()]).transform(String),
    signData: z.string(),
  }),
});
export type Envelope = z.input<typeof Envelope>;

/** An envelope older or newer than this is a replay or a wrong clock. */
const toleranceMs = 300_000;

type Signed = Readonly<Record<string, string>>;

/** Signed is the query string of all fields but the signature, by name. */
const canonical = (fields: Signed): Buffer =>
  Buffer.from(
    Object.keys(fields)
      .sort()
      .map((name) => `${name}=${fields[name]}`)
      .join('&'),
  );

const signedFields = (envelope: {
  data: {
    data: { encData: string };
    appCode: string;
    version: string;
    encType: string;
    signType: string;
    timestamp: string;
  };
}): Signed => {
  const { data, appCode, version, encType, signType, timestamp } = envelope.data;
  return { appCode, encData: data.encData, encType, signType, timestamp, version };
};

const cipherOf = (keys: EnvelopeKeys): { mode: 'sm4-ecb' | 'sm4-cbc'; key: Buffer; iv: Buffer | null } => ({
  mode: keys.iv === null ? 'sm4-ecb' : 'sm4-cbc',
  key: Buffer.from(keys.sm4Key, 'hex'),
  iv: keys.iv === null ? null : Buffer.from(keys.iv, 'hex'),
});

/** The SM2/SM4 envelope of the national 医保/人社 style services, around a JSON value. */
export function sealEnvelope(keys: EnvelopeKeys, value: unknown, now: Date): Envelope {
  const { mode, key, iv } = cipherOf(keys);
  const encData = sm4Encrypt(mode, key, iv, Buffer.from(JSON.stringify(value)))
    .toString('hex')
    .toUpperCase();
  const unsigned = {
    data: {
      data: { encData },
      appCode: keys.appCode,
      version: '1.0.0',
      encType: 'SM4' as const,
      signType: 'SM2' as const,
      timestamp: String(now.getTime()),
    },
  };
  const signData = sm2Sign(keys.ourPrivateKey, canonical(signedFields(unsigned)), 'raw').toString('base64');
  return { data: { ...unsigned.data, signData } };
}

/** Opens theirs. Throws GovernmentError `down`: shape, signature, time or key is wrong; nothing inside is believed before. */
export function openEnvelope(system: string, keys: EnvelopeKeys, received: unknown, now: Date): unknown {
  const refuse = (code: string): GovernmentError =>
    new GovernmentError(system, 'down', `an envelope that cannot be trusted (${code})`, { code });
  const parsed = Envelope.safeParse(received);
  if (!parsed.success) throw refuse('envelope shape');
  const { signData, data, timestamp } = parsed.data.data;
  const signature = Buffer.from(signData, 'base64');
  if (!sm2Verify(keys.theirPublicKey, canonical(signedFields(parsed.data)), signature, 'raw'))
    throw refuse('envelope signature');
  if (!(Math.abs(now.getTime() - Number(timestamp)) <= toleranceMs)) throw refuse('envelope time');
  const { mode, key, iv } = cipherOf(keys);
  try {
    return JSON.parse(
      sm4Decrypt(mode, key, iv, Buffer.from(data.encData, 'hex')).toString('utf8'),
    ) as unknown;
  } catch {
    throw refuse('envelope key');
  }
}
