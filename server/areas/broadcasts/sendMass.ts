import mongoose, { Schema } from 'mongoose';
import { WechatError } from '../../wechat/official-account/errors.ts';
import type { MassMedia } from '../../wechat/official-account/port.ts';
import { countAudience } from './audience.ts';
import { type Broadcast, BroadcastModel } from './model.ts';
import { preparedMedia } from './prepareMedia.ts';
import type { BroadcastsRoom } from './room.ts';
import { moveBroadcast } from './runnerMoves.ts';

/** WeChat's report on a mass send (MASSSENDJOBFINISH). It may come before the id is stored, and more than once. */
export interface MassReport {
  /** WeChat's id of the mass send. */
  readonly _id: string;
  readonly status: string;
  readonly total: number;
  readonly filtered: number;
  readonly sent: number;
  readonly failed: number;
  readonly at: Date;
}

const reportSchema = new Schema<MassReport>(
  {
    _id: { type: String, required: true },
    status: { type: String, required: true },
    total: { type: Number, required: true },
    filtered: { type: Number, required: true },
    sent: { type: Number, required: true },
    failed: { type: Number, required: true },
    at: { type: Date, required: true },
  } as never,
  { collection: 'massReports', versionKey: false },
);
const ReportModel = mongoose.model('MassReport', reportSchema);

/** Hands a mass text, picture or article to WeChat. Resolves when it is with WeChat; throws what the runner reacts to. */
export async function submitMass(room: BroadcastsRoom, broadcast: Broadcast): Promise<void> {
  const { audience, content } = broadcast;
  if (content.kind === 'template') return;
  const size = await countAudience(room, audience);
  const message = {
    audience:
      audience.kind === 'tag'
        ? ({ kind: 'tag', tagId: audience.tagId } as const)
        : ({ kind: 'all' } as const),
    clientMsgId: broadcast._id, // a repeat within 24 hours answers the first one's id
  };
  const { msgId } =
    content.kind === 'text'
      ? await room.account.massText({ ...message, text: content.text })
      : await room.account.massMedia({ ...message, media: approvedMedia(broadcast) });
  await BroadcastModel.updateOne(
    { _id: broadcast._id, massMsgId: null },
    { $set: { massMsgId: msgId, counts: { ...broadcast.counts, audience: size, waiting: size } } },
  );
  const early = await ReportModel.findById(msgId).lean<MassReport>();
  if (early) await applyReport(early);
}

function approvedMedia(broadcast: Broadcast): MassMedia {
  const media = preparedMedia(broadcast);
  if (!media) throw new Error('an approved picture or article that was never given to WeChat');
  return media;
}

/** Takes WeChat's report, in whatever order things come. */
export async function takeMassReport(report: MassReport): Promise<void> {
  await ReportModel.updateOne({ _id: report._id }, { $setOnInsert: report }, { upsert: true });
  await applyReport(report);
}

async function applyReport(report: MassReport): Promise<void> {
  const broadcast = await BroadcastModel.findOne({
    massMsgId: report._id,
    state: 'sending',
  }).lean<Broadcast>();
  if (!broadcast) return;
  const counts = {
    audience: report.total,
    waiting: 0,
    sent: report.sent,
    delivered: report.sent,
    refused: Math.max(0, report.total - report.filtered),
    failed: report.failed,
  };
  const ok = report.status === 'send success';
  const note = ok ? null : (reasons[/^err\((\d+)\)$/.exec(report.status)?.[1] ?? ''] ?? '微信未能发送');
  await moveBroadcast(broadcast, ok ? 'finish' : 'fail', report.at, note, { counts, countedAt: report.at });
}

/** Asks WeChat about mass sends whose report does not come. */
export async function pollMass(room: BroadcastsRoom, broadcast: Broadcast): Promise<void> {
  if (broadcast.massMsgId === null) return;
  try {
    const result = await room.account.massResult(broadcast.massMsgId);
    if (result === 'sending') return;
    const { counts } = broadcast;
    if (result === 'sent') {
      const sent = { ...counts, waiting: 0, sent: counts.audience };
      await moveBroadcast(broadcast, 'finish', room.clock.now(), '微信未返回明细，人数为提交时的人数', {
        counts: sent,
      });
    } else {
      await moveBroadcast(broadcast, 'fail', room.clock.now(), '微信未能发送', {});
    }
  } catch (error) {
    if (!(error instanceof WechatError)) throw error; // asked again in a while
  }
}

/** WeChat's reasons for a mass send it did not let through. */
const reasons: Readonly<Record<string, string>> = {
  10001: '涉嫌广告',
  20001: '涉嫌政治',
  20002: '涉嫌色情',
  20004: '涉嫌社会',
  20006: '涉嫌违法犯罪',
  20008: '涉嫌欺诈',
  20013: '涉嫌版权',
  21000: '涉嫌其他',
  22000: '涉嫌互推',
  30001: '原创校验未通过',
  30002: '原创校验未通过',
  30003: '原创校验未通过',
  40001: '公众号管理员拒绝',
  40002: '公众号管理员未在 30 分钟内确认',
};
