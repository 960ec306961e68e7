import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import { sm2 } from 'sm-crypto-v2';
import { newSm2Pair, sm2Sign, sm2Verify } from '../../kernel/crypto/sm2.ts';
import { gatewayHeaders, isFromGateway } from './gatewaySignature.ts';
import { type EnvelopeKeys, openEnvelope, sealEnvelope } from './smEnvelope.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const distid = 'distid:1234567812345678';

test('x-tif: the vector of the gateway', (t) => {
  const key = { paasId: 'zc', token: 'mock-token-0001' };
  const now = new Date(1_795_492_583_000);
  const headers = gatewayHeaders(key, now, 'a1b2c3d4');
  t.is(headers['x-tif-signature'], '6aafb187146f4bcd6b904ba6a13bb33f91709ef610b2364c916500736b4dbef6');
  t.true(isFromGateway(key, headers, now));
  t.true(
    isFromGateway(key, { ...headers, 'x-tif-signature': headers['x-tif-signature']!.toUpperCase() }, now),
  );
  for (const name of Object.keys(headers)) {
    t.false(isFromGateway(key, { ...headers, [name]: `${headers[name]}0` }, now), name);
    t.false(isFromGateway(key, { ...headers, [name]: undefined }, now), name);
  }
  t.false(isFromGateway(key, headers, new Date(now.getTime() + 301_000)), 'too old');
  t.false(isFromGateway(key, headers, new Date(now.getTime() - 302_000)), 'from the future');
});

test('SM2: what we sign openssl verifies, what openssl signs we verify, both with the default user id', (t) => {
  const dir = mkdtempSync(path.join(tmpdir(), 'hall-sm2-'));
  t.teardown(() => rmSync(dir, { recursive: true }));
  const file = (name: string): string => path.join(dir, name);
  const openssl = (...args: string[]): Buffer =>
    execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const data = Buffer.from('预约号 ZC2611260017');
  writeFileSync(file('data'), data);
  openssl('ecparam', '-name', 'SM2', '-genkey', '-noout', '-out', file('key.pem'));
  openssl('ec', '-in', file('key.pem'), '-pubout', '-out', file('public.pem'));
  const der = openssl('ec', '-in', file('key.pem'), '-outform', 'DER');
  const privateKey = der.subarray(7, 39).toString('hex'); // SEQUENCE, version, OCTET STRING of 32
  const publicKey = sm2.getPublicKeyFromPrivateKey(privateKey);

  writeFileSync(file('ours'), sm2Sign(privateKey, data, 'der'));
  const verify = [
    '-verify',
    '-pubin',
    '-inkey',
    file('public.pem'),
    '-in',
    file('data'),
    '-rawin',
    '-digest',
    'sm3',
  ];
  t.regex(
    openssl('pkeyutl', ...verify, '-sigfile', file('ours'), '-pkeyopt', distid).toString(),
    /Verified Successfully/,
  );

  const sign = ['-sign', '-inkey', file('key.pem'), '-in', file('data'), '-rawin', '-digest', 'sm3'];
  const theirs = openssl('pkeyutl', ...sign, '-pkeyopt', distid);
  t.true(sm2Verify(publicKey, data, theirs, 'der'));
  t.false(sm2Verify(publicKey, Buffer.from('预约号 ZC2611260018'), theirs, 'der'));
  const emptyId = openssl('pkeyutl', ...sign, '-pkeyopt', 'hexdistid:');
  t.false(
    sm2Verify(publicKey, data, emptyId, 'der'),
    'an empty user id, as Node signs, is another signature',
  );
});

test('SM2: Node’s own signatures are used nowhere', (t) => {
  const forbidden =
    /namedCurve:\s*['"]SM2['"]|create(Sign|Verify)\(['"](RSA-)?sm3|\b(sign|verify)\(['"](sm3|SM3)['"]/i;
  for (const room of ['server', 'mocks']) {
    const files = (readdirSync(path.join(root, room), { recursive: true }) as string[]).filter(
      (name) =>
        name.endsWith('.ts') && !/node_modules|dist\//.test(name) && !name.endsWith('envelope.test.ts'),
    );
    for (const name of files) t.notRegex(readFileSync(path.join(root, room, name), 'utf8'), forbidden, name);
  }
});

const [us, them] = [newSm2Pair(), newSm2Pair()];
const sm4Key = '0123456789abcdeffedcba9876543210';
const now = new Date('2026-11-25T02:00:00Z');

for (const iv of [null, '000102030405060708090a0b0c0d0e0f']) {
  const ours: EnvelopeKeys = {
    appCode: 'ZCHALL',
    ourPrivateKey: us.privateKey,
    theirPublicKey: them.publicKey,
    sm4Key,
    iv,
  };
  const theirs: EnvelopeKeys = { ...ours, ourPrivateKey: them.privateKey, theirPublicKey: us.publicKey };
  const mode = iv ? 'CBC' : 'ECB';

  test(`envelope (SM4-${mode}): both directions, in the shape of the wire`, (t) => {
    const value = { XM: '王小明', list: [1, 2] };
    const sealed = sealEnvelope(ours, value, now);
    t.regex(sealed.data.data.encData, /^[0-9A-F]+$/);
    t.is(Buffer.from(sealed.data.signData, 'base64').length, 64);
    t.false(JSON.stringify(sealed).includes('王小明'));
    t.deepEqual(openEnvelope('housing', theirs, sealed, now), value);
    t.deepEqual(openEnvelope('housing', ours, sealEnvelope(theirs, value, now), now), value);
  });

  test(`envelope (SM4-${mode}): a change, an old one, another's key, another shape are refused`, (t) => {
    const sealed = sealEnvelope(theirs, { a: 1 }, now);
    const changed = structuredClone(sealed);
    changed.data.data.encData = changed.data.data.encData.replace(/^./, (first) =>
      first === 'A' ? 'B' : 'A',
    );
    t.throws(() => openEnvelope('housing', ours, changed, now), { message: /signature/ });
    t.throws(() => openEnvelope('housing', ours, { data: { ...sealed.data, appCode: 'OTHER' } }, now), {
      message: /signature/,
    });
    t.throws(() => openEnvelope('housing', ours, sealed, new Date(now.getTime() + 300_001)), {
      message: /time/,
    });
    t.throws(() => openEnvelope('housing', { ...ours, theirPublicKey: us.publicKey }, sealed, now), {
      message: /signature/,
    });
    t.throws(() => openEnvelope('housing', { ...ours, sm4Key: 'f'.repeat(32) }, sealed, now), {
      message: /key/,
    });
    t.throws(() => openEnvelope('housing', ours, { data: {} }, now), { message: /shape/ });
  });
}
