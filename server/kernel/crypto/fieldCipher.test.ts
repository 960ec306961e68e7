import test from 'ava';
import fc from 'fast-check';
import { createFieldCipher, FieldUnreadable } from './fieldCipher.ts';
import { hmacSm3, sm3, sm4Encrypt } from './sm.ts';

const keys = { fieldKeys: ['0123456789abcdeffedcba9876543210'], indexKey: 'ab'.repeat(32) } as const;
const cipher = createFieldCipher(keys);
const other = createFieldCipher({ fieldKeys: ['f'.repeat(32)], indexKey: 'cd'.repeat(32) });

test('SM3, SM4 and HMAC-SM3 give the published vectors', (t) => {
  t.is(sm3('abc').toString('hex'), '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
  const key = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');
  t.is(
    sm4Encrypt('sm4-ecb', key, null, key).subarray(0, 16).toString('hex'),
    '681edf34d206965e86b3e94f536e4246',
  );
  t.is(
    hmacSm3('mock-secret', 'appealNo=26112444011800012&seq=3&status=50&time=2026-11-26 10:00:00').toString(
      'hex',
    ),
    '20d2d9143911249300f7f197d5cde2f5340deeed1fc43250b96a3d3673e2f098',
  );
});

test('what is sealed opens again, at its own place only', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const sealed = cipher.encrypt(text, 'people.name/1');
      t.is(cipher.decrypt(sealed, 'people.name/1'), text);
      t.throws(() => cipher.decrypt(sealed, 'people.name/2'), { instanceOf: FieldUnreadable });
    }),
    { numRuns: 100 },
  );
});

test('the same value looks different each time, its index does not', (t) => {
  t.not(cipher.encrypt('13800000001', 'p'), cipher.encrypt('13800000001', 'p'));
  t.is(cipher.index('13800000001', 'phone'), cipher.index('13800000001', 'phone'));
  t.not(cipher.index('13800000001', 'phone'), cipher.index('13800000001', 'idNumber'));
  t.not(cipher.index('13800000001', 'phone'), other.index('13800000001', 'phone'));
});

test('each changed character of a sealed value is noticed', (t) => {
  const sealed = cipher.encrypt('440118199001010019', 'people.idNumber/1');
  for (let i = 0; i < sealed.length; i++) {
    // The last character of a base64url part carries unused bits; "A" ↔ "_" differ in all six.
    const changed = sealed.slice(0, i) + (sealed[i] === 'A' ? '_' : 'A') + sealed.slice(i + 1);
    if (changed === sealed) continue;
    const opened = (() => {
      try {
        return cipher.decrypt(changed, 'people.idNumber/1');
      } catch (error) {
        t.true(error instanceof FieldUnreadable);
        return undefined;
      }
    })();
    // Unused bits may change without changing the bytes: then the value is still the true one.
    t.true(opened === undefined || opened === '440118199001010019');
  }
});

test('after a key change old values open and say that they are stale', (t) => {
  const sealed = cipher.encrypt('王小明', 'p');
  const rotated = createFieldCipher({ ...keys, fieldKeys: ['a'.repeat(32), keys.fieldKeys[0]] });
  t.is(rotated.decrypt(sealed, 'p'), '王小明');
  t.true(rotated.isStale(sealed));
  t.false(rotated.isStale(rotated.encrypt('王小明', 'p')));
  t.throws(() => other.decrypt(sealed, 'p'), { message: /no key/ });
});

test('a key of the wrong length is refused at once', (t) => {
  t.throws(() => createFieldCipher({ fieldKeys: ['abcd'], indexKey: keys.indexKey }), {
    message: /32 hex digits/,
  });
});
