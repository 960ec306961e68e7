import { log } from '../../kernel/log.ts';
import { WechatError } from '../../wechat/official-account/errors.ts';
import { clearConsent, returnConsent, takeConsent } from './consents.ts';
import type { NoticeChannel } from './model.ts';
import { isOptedOut } from './optOuts.ts';
import type { Addressee, NoticesRoom } from './room.ts';
import { isExpired, mayRepeat, quietFor, reactionTo } from './rules.ts';
import {
  type ClaimedNotice,
  markTried,
  type NoticeProblem,
  putOff,
  settleFinally,
  settleSent,
} from './settleNotice.ts';
import { renderTemplate, type Template, templates } from './templates.ts';

const channels: readonly NoticeChannel[] = ['template', 'subscription', 'sms'];

/**
 * Sends one claimed notice by the first channel that may speak, and settles it. At most one channel may ever have
 * delivered it: the next one is tried only when the one before certainly did not.
 */
export async function sendNotice(room: NoticesRoom, notice: ClaimedNotice): Promise<void> {
  const wall = room.clock.wall();
  const template = templates.get(notice.kind);
  if (!template) return void (await settleFinally(notice, 'failed', problem('这类消息没有模板'), wall));
  if (notice.channel !== null && notice.firstTriedAt !== null) {
    return continueAfterCrash(room, notice, template, notice.channel, notice.firstTriedAt);
  }
  const now = room.clock.now();
  if (isExpired(template, notice.at, now)) return void (await settleFinally(notice, 'expired', null, wall));
  if (await isOptedOut(notice.personId, notice.kind)) {
    return void (await settleFinally(notice, 'optedOut', null, wall));
  }
  const hold = quietFor(template, now, room.settings.quietHours);
  if (hold > 0) return void (await putOff(notice, new Date(wall.getTime() + hold), true, null));
  await tryChannels(room, notice, template, channels);
}

/** A worker died between the intent and the settlement: only what WeChat dedupes may be repeated. */
async function continueAfterCrash(
  room: NoticesRoom,
  notice: ClaimedNotice,
  template: Template,
  channel: NoticeChannel,
  firstTriedAt: Date,
): Promise<void> {
  const wall = room.clock.wall();
  if (channel !== 'template' || !mayRepeat(firstTriedAt, wall)) {
    return void (await settleFinally(notice, 'unknown', problem('发送结果未知，为避免重复没有再发'), wall));
  }
  await tryChannels(room, notice, template, channels.slice(channels.indexOf(channel)));
}

async function tryChannels(
  room: NoticesRoom,
  notice: ClaimedNotice,
  template: Template,
  open: readonly NoticeChannel[],
): Promise<void> {
  const person = await room.findPerson(notice.personId);
  let last: NoticeProblem | null = null;
  for (const channel of person ? open : []) {
    const done = await tryChannel(room, notice, template, person!, channel);
    if (done === true) return;
    last = done ?? last;
  }
  await settleFinally(notice, 'unreachable', last, room.clock.wall());
}

/** True: settled or put off. Otherwise the next channel's turn, with what was wrong with this one. */
async function tryChannel(
  room: NoticesRoom,
  notice: ClaimedNotice,
  template: Template,
  person: Addressee,
  channel: NoticeChannel,
): Promise<true | NoticeProblem | null> {
  const call = await prepare(room, notice, template, person, channel);
  if (call === null) return null;
  const firstTriedAt =
    notice.channel === channel && notice.firstTriedAt ? notice.firstTriedAt : room.clock.wall();
  if (!(await markTried(notice, { channel, firstTriedAt, pinned: call.pinned }))) return true;
  try {
    await settleSent(notice, await call.send(), room.clock.wall());
    return true;
  } catch (error) {
    const told =
      error instanceof WechatError ? error : new WechatError(null, 'unknown', channel, 'no answer');
    return react(room, notice, person, { channel, templateId: call.pinned?.templateId }, firstTriedAt, told);
  }
}

interface PreparedCall {
  readonly pinned: { templateId: string; data: Record<string, string> } | null;
  /** Answers the id that the receipt will name, if there will be one. */
  readonly send: () => Promise<string | null>;
}

/** The call of a channel; null when the channel is closed to this person. */
async function prepare(
  room: NoticesRoom,
  notice: ClaimedNotice,
  template: Template,
  person: Addressee,
  channel: NoticeChannel,
): Promise<PreparedCall | null> {
  const rendered = renderTemplate(template, notice.values);
  if (channel === 'template') {
    const openid = person.openids.officialAccount;
    if (!openid || !person.follower) return null;
    const { templateId, keys } = await room.templates.place(template);
    const data = Object.fromEntries(rendered.fields.map(({ from, value }) => [keys[from]!, value]));
    const message = { openid, templateId, data, page: notice.page, clientMsgId: notice._id };
    return {
      pinned: { templateId, data },
      send: async () => (await room.account.sendTemplate(message)).msgId,
    };
  }
  if (channel === 'subscription') {
    const openid = person.openids.miniProgram;
    const { subscription } = room;
    if (!openid || !subscription) return null;
    const { templateId, keys } = await subscription.templates.place(template);
    if (!(await takeConsent(person.id, templateId))) return null;
    const data = Object.fromEntries(rendered.fields.map(({ from, value }) => [keys[from]!, value]));
    const message = { openid, templateId, data, page: notice.page };
    return {
      pinned: { templateId, data },
      send: () => subscription.messages.send(message).then(() => null),
    };
  }
  const { sms } = room;
  const plan = room.settings.sms[notice.kind];
  if (!sms || !person.phone || !plan) return null;
  const { phone } = person;
  const shown = new Map(rendered.fields.map(({ from, value }) => [from, value]));
  const params = plan.values.map((from) => shown.get(from) || '—'); // the provider refuses an empty one
  const message = { id: notice._id, phone, templateId: plan.template, params };
  return { pinned: null, send: () => sms.send(message).then(() => null) };
}

async function react(
  room: NoticesRoom,
  notice: ClaimedNotice,
  person: Addressee,
  { channel, templateId = '' }: { channel: NoticeChannel; templateId: string | undefined },
  firstTriedAt: Date,
  error: WechatError,
): Promise<true | NoticeProblem> {
  const now = room.clock.wall();
  const told: NoticeProblem = { code: error.errcode, message: error.message, rid: error.rid };
  if (error.errcode === 43004 && person.openids.officialAccount) {
    await room.setFollower(person.openids.officialAccount, false);
  }
  if (error.errcode === 40037) room.templates.forget();
  if (error.kind === 'stop')
    log.error({ kind: notice.kind, errcode: error.errcode }, 'notices of a kind are stopped');
  const reaction = reactionTo(error.kind, { attempts: notice.attempts, firstTriedAt, now });
  // Without a client_msg_id "perhaps sent" can never be repeated.
  if (channel !== 'template' && error.kind === 'unknown') {
    return settled(settleFinally(notice, 'unknown', told, now));
  }
  if (channel === 'subscription') {
    if (error.kind === 'person') await clearConsent(person.id, templateId);
    else await returnConsent(person.id, templateId);
  }
  if (reaction.do === 'nextChannel') return told;
  if (reaction.do === 'again') return settled(putOff(notice, reaction.at, reaction.sure, told));
  return settled(settleFinally(notice, reaction.state, told, now));
}

async function settled(write: Promise<boolean>): Promise<true> {
  await write;
  return true;
}

const problem = (message: string): NoticeProblem => ({ code: null, message, rid: null });
