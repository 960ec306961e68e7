import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import forge from 'node-forge';

export interface Certificate {
  /** Upper-case hex, as the platform writes it. */
  readonly serial: string;
  readonly certificate: string;
  readonly privateKey: string;
  readonly effective: string;
  readonly expires: string;
}

/** All keys of one merchant and of the platform that faces it. PEM texts. */
export interface PayKeys {
  readonly mchid: string;
  /** 32 characters; the key of notices and certificates. */
  readonly apiV3Key: string;
  readonly merchant: Certificate;
  /** Newest last; two during a rotation. */
  readonly platform: readonly Certificate[];
  /** 微信支付公钥: what new merchants get instead of certificates. */
  readonly publicKey: { readonly id: string; readonly publicKey: string; readonly privateKey: string };
}

const fiveYears = 5 * 365 * 86_400_000;

export function makeKeys(now = new Date()): PayKeys {
  const pair = rsaPair();
  return {
    mchid: `16${String(randomBytes(4).readUInt32BE() % 100_000_000).padStart(8, '0')}`,
    apiV3Key: randomBytes(16).toString('hex'),
    merchant: makeCertificate('Merchant of the demo', now),
    platform: [makeCertificate('Tenpay.com sign (stand-in)', now)],
    publicKey: { id: `PUB_KEY_ID_${randomBytes(16).toString('hex').toUpperCase()}`, ...pair },
  };
}

/** Made at the first start and kept beside the orders; none is in the repository. */
export function keptKeys(directory: string, now = new Date()): PayKeys {
  const file = path.join(directory, 'pay-keys.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as PayKeys;
  const keys = makeKeys(now);
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  for (const [name, pem] of Object.entries(merchantFiles(keys)))
    writeFileSync(path.join(directory, name), pem, { mode: 0o600 });
  return keys;
}

/** What a merchant holds in its hands, as files. */
export const merchantFiles = (keys: PayKeys): Readonly<Record<string, string>> => ({
  'merchant-key.pem': keys.merchant.privateKey,
  'merchant-cert.pem': keys.merchant.certificate,
  'platform-public-key.pem': keys.publicKey.publicKey,
});

function rsaPair(): { publicKey: string; privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** A self-signed X.509 certificate valid for five years from `from`. */
export function makeCertificate(commonName: string, from: Date): Certificate {
  const { privateKey, publicKey } = rsaPair();
  const certificate = forge.pki.createCertificate();
  const serial = `4${randomBytes(20).toString('hex').slice(1)}`;
  const expires = new Date(from.getTime() + fiveYears);
  certificate.serialNumber = serial;
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.validity.notBefore = from;
  certificate.validity.notAfter = expires;
  certificate.setSubject([{ name: 'commonName', value: commonName }]);
  certificate.setIssuer([{ name: 'commonName', value: commonName }]);
  const pkcs1 = createPrivateKey(privateKey).export({ type: 'pkcs1', format: 'pem' }).toString();
  certificate.sign(forge.pki.privateKeyFromPem(pkcs1), forge.md.sha256.create());
  return {
    serial: serial.toUpperCase(),
    certificate: forge.pki.certificateToPem(certificate),
    privateKey,
    effective: from.toISOString(),
    expires: expires.toISOString(),
  };
}
