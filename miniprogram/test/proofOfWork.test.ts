import { createHash } from 'node:crypto';
import test from 'ava';
import { leadingZeroBits } from '../../server/areas/booking/humanRules.ts';
import { sha256 } from '../src/platform/sha256.ts';
import { findNonce } from '../src/state/proofOfWork.ts';

test('the mini-program’s SHA-256 is the real one, at every length around a block', (t) => {
  for (let length = 0; length < 130; length++) {
    const text = 'a1:'.repeat(50).slice(0, length);
    const words = [...sha256(text)].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
    t.is(words, createHash('sha256').update(text).digest('hex'), `${length}`);
  }
});

test('the nonce it finds is one the server accepts; it stops when told to', async (t) => {
  const started = Date.now();
  const nonce = await findNonce({ salt: '01KB0000000000000000000000', bits: 15 }, () => true);
  t.log(`15 bits in ${Date.now() - started} ms`);
  t.true(leadingZeroBits('01KB0000000000000000000000', nonce!) >= 15);
  let rounds = 0;
  t.is(await findNonce({ salt: 'x', bits: 200 }, () => rounds++ < 2), null);
});
