import test from 'ava';
import { type SmsStandIn, startSms } from '../../mocks/sms/server.ts';
import type { WechatError } from '../wechat/official-account/errors.ts';
import { connectSms, type SmsOptions } from './client.ts';

const keys = {
  secretId: 'id-of-a-test',
  secretKey: 'key-of-a-test',
  app: '1400000001',
  signature: '增城政务',
};
const call = {
  id: 'n1',
  phone: '13800000001',
  templateId: '2611003',
  params: ['A012', '区中心', 'A区05号窗口'],
};

async function bench(
  t: { teardown: (done: () => Promise<void>) => void },
  options: Partial<SmsOptions> = {},
): Promise<{ sms: SmsStandIn; send: (parts?: object) => Promise<string>; later: (seconds: number) => void }> {
  let ahead = 0;
  const now = (): Date => new Date(Date.now() + ahead);
  const sms = await startSms({ ...keys, now });
  const client = connectSms({ base: sms.url, ...keys, timeoutMs: 3000, now, ...options });
  t.teardown(async () => {
    await client.close();
    await sms.close();
  });
  const send = (parts: object = {}): Promise<string> =>
    client.send({ ...call, ...parts }).then(
      () => 'Ok',
      (error: WechatError) => `${error.kind} ${error.message}`,
    );
  const later = (seconds: number): void => {
    ahead += seconds * 1000;
  };
  return { sms, send, later };
}

test('a text goes out signed, in the approved words, and the page shows it', async (t) => {
  const { sms, send } = await bench(t);
  t.is(await send(), 'Ok');
  t.is(sms.received[0]?.text, '【增城政务】A012号请到区中心A区05号窗口办理，过号请联系现场工作人员。');
  const page = await (await fetch(sms.url)).text();
  t.true(page.includes('13800000001') && page.includes('A012号请到'));
});

test('one number gets one in 30 seconds, five an hour, ten a day', async (t) => {
  const { send, later, sms } = await bench(t);
  t.is(await send(), 'Ok');
  t.is(await send(), 'slower sms: LimitExceeded.PhoneNumberThirtySecondLimit');
  t.is(await send({ phone: '13800000002' }), 'Ok', 'others are not held up');
  for (let n = 0; n < 4; n++) {
    later(31);
    t.is(await send(), 'Ok');
  }
  later(31);
  t.is(await send(), 'slower sms: LimitExceeded.PhoneNumberOneHourLimit');
  later(3600);
  for (let n = 0; n < 5; n++) {
    t.is(await send(), 'Ok');
    later(31);
  }
  later(3600);
  t.is(await send(), 'person sms: LimitExceeded.PhoneNumberDailyLimit');
  t.is(sms.received.filter(({ phone }) => phone === call.phone).length, 10);
});

test('what the provider refuses: each code has its class, and no error names the phone', async (t) => {
  const { sms, send } = await bench(t);
  t.is(await send({ templateId: '9' }), 'stop sms: FailedOperation.TemplateIncorrectOrUnapproved');
  t.is(
    await send({ params: ['A012'] }),
    'stop sms: FailedOperation.TemplateParamSetNotMatchApprovedTemplate',
  );
  t.is(await send({ phone: '123' }), 'person sms: InvalidParameterValue.IncorrectPhoneNumber');
  sms.blacklist.add(call.phone);
  t.is(await send(), 'person sms: FailedOperation.PhoneNumberInBlacklist');
  for (const [code, kind] of [
    ['InternalError.Timeout', 'retry'],
    ['RequestLimitExceeded', 'slower'],
    ['FailedOperation.InsufficientBalanceInSmsPackage', 'stop'],
    ['LimitExceeded.AppDailyLimit', 'stop'],
    ['FailedOperation.ContainSensitiveWord', 'row'],
  ]) {
    sms.fault = { code: code! };
    t.is(await send(), `${kind} sms: ${code}`);
  }
  t.is(sms.received.length, 0);
});

test('a lost answer is “unknown”, since the text went out; a provider that is away is “retry”', async (t) => {
  const { sms, send } = await bench(t);
  sms.fault = { drop: true };
  t.regex(await send(), /^unknown /);
  t.is(sms.received.length, 1);
  const away = await bench(t, { base: 'http://127.0.0.1:1' });
  t.regex(await away.send(), /^retry /);
});

test('a wrong key, a wrong id, a late clock and another signature are refused', async (t) => {
  for (const [options, code] of [
    [{ secretKey: 'another' }, 'AuthFailure.SignatureFailure'],
    [{ secretId: 'another' }, 'AuthFailure.SecretIdNotFound'],
    [{ now: () => new Date(Date.now() - 400_000) }, 'AuthFailure.SignatureExpire'],
    [{ signature: '别的签名' }, 'FailedOperation.SignatureIncorrectOrUnapproved'],
    [{ app: '2' }, 'UnauthorizedOperation.SmsSdkAppIdVerifyFail'],
  ] as const) {
    const { send } = await bench(t, options);
    t.is(await send(), `stop sms: ${code}`);
  }
});
