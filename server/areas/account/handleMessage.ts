import { textAt } from '../../kernel/xml/parseXml.ts';
import { finishBinding, receiverScenePrefix } from '../broadcasts/receivers.ts';
import { recordFollow } from './followers.ts';
import type { InboundMessage } from './inboundMessage.ts';
import { findLookup, type KnownPerson } from './lookup.ts';
import { type Reply, ReplyModel } from './replyModel.ts';
import { chooseReply, fillReply, type Occasion, plain } from './replyRules.ts';
import type { AccountRoom } from './room.ts';
import { addLine, backToAutomatic, citizenWrote, handOver, isWithStaff } from './threads.ts';

const askForPerson = ['人工', '人工服务', '转人工', '客服', '找人工'];
const leavePerson = ['结束', '结束人工', '退出人工'];

/** What a non-text message is called in the staff inbox. */
const stands: Readonly<Record<string, string>> = {
  image: '[图片]',
  voice: '[语音]',
  video: '[视频]',
  shortvideo: '[视频]',
  location: '[位置]',
  link: '[链接]',
  file: '[文件]',
};

/** Does what a citizen's message or act asks for, and answers what to say; '' says nothing. */
export async function handleMessage(room: AccountRoom, message: InboundMessage): Promise<string> {
  const person = await room.findByOpenid(message.openid);
  const say = (text: string): string => fillReply(text, person?.displayName ?? null, room);
  if (message.type === 'event') {
    const text = await handleEvent(room, message);
    return text === '' ? '' : say(text);
  }
  const text = await handleWords(room, message, person);
  return text === '' ? '' : say(text);
}

async function handleEvent(room: AccountRoom, message: InboundMessage): Promise<string> {
  const { event, openid, fields } = message;
  const key = textAt(fields, 'EventKey');
  if (event === 'subscribe') {
    await welcome(room, openid);
    const scene = key.startsWith('qrscene_') ? key.slice('qrscene_'.length) : '';
    const hello = (await replyTo({ kind: 'follow' }))?.text ?? '';
    const scanned = scene ? await handleScan(room, openid, scene) : '';
    return [hello, scanned].filter((each) => each !== '').join('\n\n');
  }
  if (event === 'unsubscribe') {
    await room.setFollower(openid, false);
    await recordFollow(openid, false, null, room.clock.wall());
    return '';
  }
  if (event === 'scan') return handleScan(room, openid, key);
  if (event === 'click') return (await replyTo({ kind: 'menu', key }))?.text ?? '';
  return '';
}

/** The unionid of a new follower tells us which of the mini-program's people it is. */
async function welcome(room: AccountRoom, openid: string): Promise<void> {
  const [known] = await room.account.people([openid]).catch(() => []);
  const unionid = known?.unionid ?? null;
  await recordFollow(openid, true, unionid, room.clock.wall());
  if (unionid) await room.tieFollower(openid, unionid);
  await room.setFollower(openid, true);
}

async function handleScan(room: AccountRoom, openid: string, scene: string): Promise<string> {
  if (scene.startsWith(receiverScenePrefix)) {
    const bound = await finishBinding(scene, openid, room.clock.wall());
    return bound ? '已绑定。以后群发前的预览会发到这个微信。' : '这个二维码已失效，请在后台重新生成。';
  }
  return (await replyTo({ kind: 'scan', scene }))?.text ?? '';
}

async function handleWords(
  room: AccountRoom,
  message: InboundMessage,
  person: KnownPerson | null,
): Promise<string> {
  const { openid, type, fields } = message;
  const at = room.clock.now();
  const text = type === 'text' ? textAt(fields, 'Content') : (stands[type] ?? '[消息]');
  const thread = await citizenWrote(openid, person, { type, text, at });
  const said = plain(text);
  if (isWithStaff(thread)) {
    if (!leavePerson.includes(said)) return '';
    await backToAutomatic(thread._id);
    return '已结束人工对话。需要时再回复「人工」。';
  }
  if (askForPerson.includes(said)) {
    await handOver(thread, at);
    return '已转给工作人员，请直接写下您的问题，有人接待后会在这里回复您。回复「结束」可退出。';
  }
  const answer = await answerFor(room, type === 'text' ? text : '', person);
  if (answer !== '') {
    await addLine(thread, { from: 'automatic', by: null, type: 'text', text: readable(answer), at });
  }
  return answer;
}

/** What the account answers to a text by itself, unfilled; also shown to staff who try a reply. */
export async function answerFor(
  room: AccountRoom,
  text: string,
  person: KnownPerson | null,
): Promise<string> {
  const lookup = findLookup(room.lookups, plain(text));
  if (lookup) return lookup.answer(person, plain(text));
  return (await replyTo({ kind: 'text', text }))?.text ?? '';
}

/** The reply to an occasion; a text that nothing fits gets the `otherwise` one. */
export async function replyTo(occasion: Occasion): Promise<Reply | null> {
  const replies = await ReplyModel.find({ enabled: true }).lean<Reply[]>();
  const chosen = chooseReply(replies, occasion);
  if (chosen || occasion.kind !== 'text') return chosen;
  return replies.find(({ trigger }) => trigger.kind === 'otherwise') ?? null;
}

/** For the inbox: links as the words that are shown. */
const readable = (text: string): string => text.replace(/\{\{open:[^|{}]*\|([^{}]*)\}\}/g, '［$1］');
