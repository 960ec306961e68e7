import test from 'ava';
import { MessageCrypto, sign } from './message-crypto.ts';

// Published in the platform's own pages on message push: Token AAAAA, EncodingAESKey 43 times A.
const crypto = new MessageCrypto('A'.repeat(43), 'wxba5fad812f8e6fb9');
const pushed =
  '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=';

test('the official vectors for both signatures are reproduced', (t) => {
  t.is(sign('AAAAA', '1714036504', '1514711492'), 'f464b24fc39322e44b38aa78f5edd27bd1441696');
  t.is(sign('AAAAA', '1714112445', '415670741', pushed), '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3');
});

test('the official pushed message decrypts', (t) => {
  const message = JSON.parse(crypto.decrypt(pushed)) as Record<string, unknown>;
  t.is(message['Event'], 'debug_demo');
  t.is(message['debug_str'], 'hello world');
});

test('the official reply encrypts to the same bytes', (t) => {
  t.is(
    crypto.encrypt('{"demo_resp":"good luck"}', Buffer.from('707722b803182950')),
    'ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==',
  );
});

test('a message for another appid, a cut one and one with bad padding are refused', (t) => {
  const other = new MessageCrypto('A'.repeat(43), 'wx0000000000000000').encrypt('hello');
  t.throws(() => crypto.decrypt(other), { message: /another appid/ });
  t.throws(() => crypto.decrypt(pushed.slice(0, 64)));
  t.throws(() => crypto.decrypt('AAAA'));
});

test('padding fills 32-byte blocks for every length', (t) => {
  for (let length = 0; length < 70; length++) {
    const text = 'x'.repeat(length);
    const sealed = crypto.encrypt(text);
    t.is(Buffer.from(sealed, 'base64').length % 32, 0);
    t.is(crypto.decrypt(sealed), text);
  }
});
