import { createHash, randomBytes } from 'node:crypto';
import test from 'ava';
import { citizens } from '../../../mocks/wechat/citizens.ts';
import { MessageCrypto as StandInCrypto } from '../../../mocks/wechat/events/message-crypto.ts';
import type { Wechat } from '../../../mocks/wechat/server.ts';
import { systemClock } from '../../kernel/clock.ts';
import type { HallError } from '../../kernel/http/hallError.ts';
import { accountKeys, programKeys } from '../../testing/accountKeys.ts';
import { useDatabase } from '../../testing/database.ts';
import { accountAt, listenWith, startTestWechat } from '../../testing/officialAccount.ts';
import type { ClosableOfficialAccount } from '../../wechat/official-account/client.ts';
import { findReceiver, startBinding } from '../broadcasts/receivers.ts';
import { accountCallback } from './accountCallback.ts';
import { FollowerModel, syncFollowers } from './followers.ts';
import { InboundModel } from './inboundModel.ts';
import { bookingLookup } from './lookup.ts';
import { presentMenu } from './present.ts';
import { publishDraft, publishInitialMenu, rollBack, saveDraft } from './publishMenu.ts';
import { seedReplies } from './replyModel.ts';
import type { AccountRoom } from './room.ts';
import { createTag, tagPeople } from './tagPeople.ts';
import { LineModel, type Thread, ThreadModel } from './threadModel.ts';
import { answerThread, takeThread } from './threads.ts';

const database = useDatabase(test);

let wechat: Wechat;
let account: ClosableOfficialAccount;
let room: AccountRoom;
let server: { url: string; close(): Promise<void> };
const follows: [string, boolean][] = [];
const openidOf = (id: string): string => citizens.find((each) => each.id === id)!.openids.officialAccount;

test.before(async () => {
  wechat = await startTestWechat();
  account = accountAt(wechat.url, { timeoutMs: 2000 });
  room = {
    clock: systemClock(),
    account,
    miniProgramAppid: programKeys.appid,
    publicUrl: 'http://127.0.0.1:3000',
    lookups: [
      bookingLookup(async (personId) =>
        personId === 'wang'
          ? {
              matter: '居民身份证换领',
              when: '11月26日 周四 09:30',
              place: '增城区政务服务中心A区',
              number: 'ZC2611260017',
              page: 'packages/booking/detail/index?id=1',
            }
          : null,
      ),
    ],
    findByOpenid: async (openid) => {
      const citizen = citizens.find((each) => each.openids.officialAccount === openid);
      return citizen ? { id: citizen.id, displayName: `${citizen.nickname[0]}*` } : null;
    },
    findPeople: async (ids) => citizens.filter(({ id }) => ids.includes(id)),
    setFollower: async (openid, now) => void follows.push([openid, now]),
    tieFollower: async () => {},
  };
  server = await listenWith(accountCallback(room, accountKeys));
  wechat.setCallback(`${server.url}/wechat/callback`);
  await seedReplies(new Date());
  database.closers.push(wechat.close, account.close, server.close);
});

const act = (citizen: string, what: object): Promise<Response> =>
  fetch(`${wechat.url}/__mock/wechat/act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ citizen, ...what }),
  });
const lastSaid = (citizen: string): string => {
  const { content } = wechat
    .messages(citizen)
    .filter(({ from }) => from === 'account')
    .at(-1)!;
  return content.kind === 'text' ? content.text : '';
};
const threadOf = async (citizen: string): Promise<Thread> =>
  (await ThreadModel.findOne({ openid: openidOf(citizen) }).lean<Thread>())!;
const errorId = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: HallError) => error.id,
  );

test.serial('R9: 「预约」 is answered with the next booking, keywords with their replies', async (t) => {
  await act('wang', { text: '预约' });
  t.regex(lastSaid('wang'), /居民身份证换领\n11月26日 周四 09:30/);
  t.regex(lastSaid('wang'), /data-miniprogram-path="packages\/booking\/detail\/index\?id=1"/);
  await act('li', { text: '你们几点开门？' });
  t.regex(lastSaid('li'), /办公时间不完全一样/);
  await act('li', { text: ']]><x>&lt;' });
  t.regex(lastSaid('li'), /答不上来/);
  t.is((await LineModel.findOne({ type: 'text', text: ']]><x>&lt;' }))?.from, 'citizen');
});

test.serial(
  'R9: a citizen asks for a person, staff answer in the chat, and the account keeps silent meanwhile',
  async (t) => {
    await act('chen', { text: '人工' });
    t.regex(lastSaid('chen'), /已转给工作人员/);
    await act('chen', { text: '我的社保卡丢了，地址在哪里补办' });
    t.regex(lastSaid('chen'), /已转给工作人员/, 'no automatic answer');
    const thread = await threadOf('chen');
    t.is(thread.state, 'waiting');
    const [anna, ben] = ['anna', 'ben'].map((id) => ({ id, name: id }));
    const taken = await Promise.all([
      errorId(takeThread(thread._id, anna!)),
      errorId(takeThread(thread._id, ben!)),
    ]);
    t.deepEqual(taken.toSorted(), ['account.thread_taken', 'none']);
    const mine = taken[0] === 'none' ? anna! : ben!;
    const results = [];
    for (let i = 1; i <= 6; i++)
      results.push(await errorId(answerThread(room, thread._id, `第${i}条`, mine)));
    t.is(lastSaid('chen'), '第5条');
    t.deepEqual(results.slice(4), ['none', 'account.answer_too_many']);
    await act('chen', { text: '谢谢' });
    t.is(await errorId(answerThread(room, thread._id, '不客气', mine)), 'none', 'the citizen wrote again');
    await act('chen', { text: '结束' });
    t.is((await threadOf('chen')).state, 'automatic');
  },
);

test.serial(
  'follow, leave and scans: the follower is known, a staff QR code binds its receiver once',
  async (t) => {
    const { url } = await startBinding(account, 'anna', new Date());
    t.truthy(url);
    await fetch(`${wechat.url}/__mock/wechat/person`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ citizen: 'zhang', follows: true }),
    });
    t.deepEqual(follows.at(-1), [openidOf('zhang'), true]);
    const { scene } = (await ThreadModel.db.collection('staffReceivers').findOne({ _id: 'anna' as never }))!;
    await act('huang', { scene });
    t.regex(lastSaid('huang'), /已绑定/);
    t.is((await findReceiver('anna'))?.openid, openidOf('huang'));
    await act('li', { scene });
    t.is((await findReceiver('anna'))?.openid, openidOf('huang'), 'the code works once');
  },
);

test.serial('the menu: checked, compared, published, rolled back', async (t) => {
  await publishInitialMenu(room);
  const first = await presentMenu(room);
  t.deepEqual(first.problems, []);
  t.deepEqual(first.changes, []);
  t.is((await account.menus()).buttons!.length, 3);
  const tooMany = {
    ...first.draft,
    items: [...first.draft.items, { kind: 'link', name: '一二三四五六', url: 'ftp://x' }],
  };
  await saveDraft(tooMany as never, 0);
  const bad = await presentMenu(room);
  t.deepEqual(
    bad.problems.map(({ message }) => message),
    ['一级菜单要有 1 到 3 个', '一级菜单名最多 5 个汉字（16 字节）', '链接要以 https:// 开头'],
  );
  t.is(await errorId(publishDraft(room, 1, '安娜')), 'account.menu_invalid');
  t.is(await errorId(saveDraft(first.draft, 0)), 'account.changed');
  const one = { kind: 'link' as const, name: '官网', url: 'https://www.example.gov.cn/' };
  const tag = await createTag(room, '石滩镇');
  await saveDraft(
    { items: [one], personal: [{ title: '石滩', for: { tagId: tag.id, platform: null }, items: [one] }] },
    1,
  );
  t.true((await presentMenu(room)).changes.some(({ kind }) => kind === 'removed'));
  await publishDraft(room, 2, '安娜');
  await publishDraft(room, 2, '安娜');
  const now = await account.menus();
  t.is(now.buttons!.length, 1);
  t.is(now.personal.length, 1, 'the earlier personal menu is gone');
  const { history } = await presentMenu(room);
  await rollBack(room, history.at(-1)!.id, 2, '本');
  t.is((await account.menus()).buttons!.length, 3);
  t.is((await account.menus()).personal.length, 0);
});

test.serial('tags in batches; the followers are read page by page with their tags', async (t) => {
  const tag = await createTag(room, '经营者');
  t.deepEqual(await tagPeople(room, tag.id, ['li', 'wang', 'nobody'], true), { tagged: 2, notFollowing: 1 });
  wechat.setProfile({ followers: 250 });
  t.is((await syncFollowers(room, 'me')).seen, 258);
  t.true((await FollowerModel.findById(openidOf('li')).lean())!.tagIds.includes(tag.id));
  wechat.setProfile({ followers: 200 });
  await syncFollowers(room, 'me');
  t.is(await FollowerModel.countDocuments({ follows: true }), 208);
});

// What follows speaks to the callback as a stranger would.
const sign = (...parts: string[]): string =>
  createHash('sha1').update(parts.toSorted().join('')).digest('hex');

function delivery(
  xml: string,
  change: Partial<Record<'timestamp' | 'appid' | 'token', string>> = {},
): { query: string; body: string } {
  const encrypted = new StandInCrypto(accountKeys.aesKey, change.appid ?? accountKeys.appid).encrypt(xml);
  const timestamp = change.timestamp ?? String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(5).toString('hex');
  const token = change.token ?? accountKeys.token;
  const query = new URLSearchParams({
    signature: sign(token, timestamp, nonce),
    timestamp,
    nonce,
    encrypt_type: 'aes',
    msg_signature: sign(token, timestamp, nonce, encrypted),
  });
  return {
    query: query.toString(),
    body: `<xml><ToUserName>gh_1</ToUserName><Encrypt>${encrypted}</Encrypt></xml>`,
  };
}
const post = async ({
  query,
  body,
}: {
  query: string;
  body: string;
}): Promise<{ status: number; text: string }> => {
  const answer = await fetch(`${server.url}/wechat/callback?${query}`, { method: 'POST', body });
  return { status: answer.status, text: await answer.text() };
};
const message = (id: string, text: string): string =>
  `<xml><ToUserName>gh_1</ToUserName><FromUserName>o-stranger</FromUserName><CreateTime>1700000000</CreateTime><MsgType>text</MsgType><Content><![CDATA[${text}]]></Content><MsgId>${id}</MsgId></xml>`;

test.serial('the callback takes only fresh, signed, encrypted messages for this account', async (t) => {
  const good = message('1', '地址');
  t.is((await post(delivery(good, { token: 'another' }))).status, 403, 'forged');
  t.is((await post(delivery(good, { timestamp: '1700000000' }))).status, 403, 'replayed after five minutes');
  t.is((await post(delivery(good, { appid: 'wxanother' }))).status, 403, 'for another account');
  const { query } = delivery(good);
  t.is((await post({ query, body: good })).status, 400, 'a plain message under a valid signature');
  t.is((await post({ query: query.replace('encrypt_type=aes', ''), body: good })).status, 403, 'plain mode');
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>';
  t.is((await post({ query, body: bomb })).status, 400, 'entities');
  t.is(
    (await post(delivery(`<!DOCTYPE x SYSTEM "file:///etc/passwd">${good}`))).status,
    400,
    'inside the envelope',
  );
  t.is((await post({ query, body: `<xml>${'<a>'.repeat(500)}</xml>` })).status, 400, 'nesting');
  t.is((await post({ query, body: 'x'.repeat(70_000) }).catch(() => ({ status: 413 }))).status, 413);
  t.is((await fetch(`${server.url}/wechat/callback`, { method: 'PUT' })).status, 405);
  t.is(await InboundModel.countDocuments({ openid: 'o-stranger' }), 0, 'none had an effect');
});

test.serial('three deliveries of one message at once: the same answer, one effect', async (t) => {
  const answers = await Promise.all(Array.from({ length: 3 }, () => post(delivery(message('77', '人工')))));
  for (const { status, text } of answers) {
    t.is(status, 200);
    const encrypted = /<Encrypt><!\[CDATA\[(.+)\]\]><\/Encrypt>/.exec(text)![1]!;
    t.regex(new StandInCrypto(accountKeys.aesKey, accountKeys.appid).decrypt(encrypted), /已转给工作人员/);
  }
  const thread = (await ThreadModel.findOne({ openid: 'o-stranger' }).lean<Thread>())!;
  t.is(thread.unread, 1);
  t.is(await LineModel.countDocuments({ threadId: thread._id, from: 'citizen' }), 1);
});

test('the address is verified by WeChat’s GET', async (t) => {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const query = new URLSearchParams({
    signature: sign(accountKeys.token, timestamp, 'n'),
    timestamp,
    nonce: 'n',
    echostr: '4321',
  });
  t.is(await (await fetch(`${server.url}/wechat/callback?${query}`)).text(), '4321');
  query.set('signature', '0'.repeat(40));
  t.is((await fetch(`${server.url}/wechat/callback?${query}`)).status, 403);
});
