import test from 'ava';
import { citizens } from '../../../mocks/wechat/citizens.ts';
import type { Wechat } from '../../../mocks/wechat/server.ts';
import { useDatabase } from '../../testing/database.ts';
import { accountAt, startTestWechat } from '../../testing/officialAccount.ts';
import type { ClosableOfficialAccount } from './client.ts';

// The smallest PNG: one pixel.
const bytes = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const picture = { bytes, type: 'image/png' } as const;
const wang = citizens.find(({ id }) => id === 'wang')!.openids.officialAccount;
const database = useDatabase(test);
let wechat: Wechat;
let account: ClosableOfficialAccount;

test.before(async () => {
  wechat = await startTestWechat();
  account = accountAt(wechat.url, { timeoutMs: 3000 });
  database.closers.push(wechat.close, account.close);
});
const massesOf = (citizen: string) => wechat.messages(citizen).filter(({ origin }) => origin === 'mass');

test.serial('R9: a picture is kept, shown to one person, and sent to all once', async (t) => {
  const { mediaId, url } = await account.keepPicture(picture);
  t.deepEqual(Buffer.from(await (await fetch(url)).arrayBuffer()), bytes, 'byte for byte');
  const media = { kind: 'picture', mediaId } as const;
  await account.previewMedia(wang, media);
  const before = massesOf('wang').length;
  const message = { media, audience: { kind: 'all' }, clientMsgId: 'picture-1' } as const;
  const first = await account.massMedia(message);
  const again = await account.massMedia(message);
  t.is(again.msgId, first.msgId);
  t.is(massesOf('wang').length, before + 1);
  t.is(massesOf('wang').at(-1)?.content.kind, 'image');
});

test.serial('R9: an article of the draft box is sent to all, and its draft is then used up', async (t) => {
  const { mediaId } = await account.keepPicture(picture);
  const inside = await account.uploadArticlePicture(picture);
  const draft = await account.addDraft([
    {
      ...{ title: '停电通知', author: '增城政务', digest: '周六停电' },
      content: `<p>周六停电。</p><img src="${inside}">`,
      coverMediaId: mediaId,
    },
  ]);
  const media = { kind: 'article', mediaId: draft } as const;
  await account.massMedia({ media, audience: { kind: 'all' }, clientMsgId: 'article-1' });
  const content = massesOf('wang').at(-1)?.content;
  t.is(content?.kind, 'articles');
  t.true(JSON.stringify(content).includes('停电通知'));
  const error = await t.throwsAsync(
    account.massMedia({ media, audience: { kind: 'all' }, clientMsgId: 'article-2' }),
  );
  t.like(error, { errcode: 40007 });
});

test.serial('R9: what is not a picture is refused', async (t) => {
  const error = await t.throwsAsync(
    account.keepPicture({ bytes: Buffer.from('<script>'), type: 'image/png' }),
  );
  t.like(error, { errcode: 40005 });
});
