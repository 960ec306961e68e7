import { HallError } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import { WechatError } from '../../wechat/official-account/errors.ts';
import { renderTemplate, templates } from '../notices/templates.ts';
import { broadcastsErrors, type TestSendResult } from './contract.ts';
import type { Broadcast } from './model.ts';
import { isMedia, prepareMedia } from './prepareMedia.ts';
import { requireSendable } from './preview.ts';
import { findReceiver } from './receivers.ts';
import type { BroadcastsRoom } from './room.ts';

/** Sends the content to the asking member of staff's own WeChat. Errors: `no_receiver`, `invalid`, `media_refused`. */
export async function testSend(
  room: BroadcastsRoom,
  broadcast: Broadcast,
  staffId: string,
): Promise<TestSendResult> {
  const receiver = await findReceiver(staffId);
  if (!receiver) throw new HallError(broadcastsErrors.noReceiver);
  await requireSendable(broadcast.content, { kind: 'followers' });
  try {
    await send(room, broadcast, receiver.openid);
    return { sentTo: receiver.label, ok: true, message: '已发送，请在手机上查看。' };
  } catch (error) {
    if (!(error instanceof WechatError)) throw error;
    return { sentTo: receiver.label, ok: false, message: explain(error) };
  }
}

async function send(room: BroadcastsRoom, broadcast: Broadcast, openid: string): Promise<void> {
  const { content } = broadcast;
  if (isMedia(content)) return room.account.previewMedia(openid, await prepareMedia(room.account, broadcast));
  if (content.kind === 'text') return room.account.previewText(openid, content.text);
  const template = templates.get(content.template)!;
  const { templateId, keys } = await room.templates.place(template);
  const { fields } = renderTemplate(template, content.values);
  const data = Object.fromEntries(fields.map(({ from, value }) => [keys[from]!, value]));
  await room.account.sendTemplate({ openid, templateId, data, page: content.page, clientMsgId: newId() });
}

function explain({ errcode, kind }: WechatError): string {
  if (errcode === 43004) return '您的微信没有关注公众号，请先关注。';
  if (kind === 'person') return '您的微信现在收不到公众号消息，请检查接收设置。';
  if (kind === 'quota') return '今天的发送额度已用完，请明天再试。';
  if (errcode === 47003) return '微信认为字段内容不合格式，请检查后再发。';
  return `微信没有接受（${errcode ?? '无回应'}），请稍后再试。`;
}
