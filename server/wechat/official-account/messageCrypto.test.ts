import test from 'ava';
import { MessageCrypto, signatureMatches, signatureOf } from './messageCrypto.ts';

/** The example of WeChat's own documentation, 消息推送, safe mode. */
const official = {
  token: 'AAAAA',
  aesKey: 'A'.repeat(43),
  appid: 'wxba5fad812f8e6fb9',
  encrypted:
    '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=',
  reply: { random: '707722b803182950', text: '{"demo_resp":"good luck"}' },
  sealedReply: 'ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==',
} as const;
const crypto = new MessageCrypto(official.aesKey, official.appid);

test('WeChat’s own example: signatures, message and reply', (t) => {
  t.is(signatureOf(official.token, '1714036504', '1514711492'), 'f464b24fc39322e44b38aa78f5edd27bd1441696');
  t.true(
    signatureMatches(
      '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3',
      official.token,
      '1714112445',
      '415670741',
      official.encrypted,
    ),
  );
  t.deepEqual(JSON.parse(crypto.decrypt(official.encrypted)), {
    ToUserName: 'gh_97417a04a28d',
    FromUserName: 'o9AgO5Kd5ggOC-bXrbNODIiE3bGY',
    CreateTime: 1714112445,
    MsgType: 'event',
    Event: 'debug_demo',
    debug_str: 'hello world',
  });
  t.is(crypto.encrypt(official.reply.text, Buffer.from(official.reply.random)), official.sealedReply);
});

test('a message survives sealing and opening, whatever its length', (t) => {
  for (const length of [0, 1, 11, 12, 13, 31, 32, 33, 5000]) {
    const text = '增'.repeat(length);
    t.is(crypto.decrypt(crypto.encrypt(text)), text);
  }
});

test('a message for another account, a damaged or an empty one is refused alike', (t) => {
  const other = new MessageCrypto(official.aesKey, 'wxanother').encrypt('x');
  const damaged = Buffer.from(crypto.encrypt('hello'), 'base64');
  damaged.writeUInt8(damaged.readUInt8(damaged.length - 1) ^ 1, damaged.length - 1);
  for (const bad of [other, damaged.toString('base64'), '', 'AAAA', '!!']) {
    t.throws(() => crypto.decrypt(bad), { message: 'the message cannot be decrypted' });
  }
});

test('a signature that differs in length is no match', (t) => {
  const signature = signatureOf(official.token, '1', '2');
  t.true(signatureMatches(signature, official.token, '1', '2'));
  t.false(signatureMatches(signature.slice(1), official.token, '1', '2'));
  t.false(signatureMatches('', official.token, '1', '2'));
});
