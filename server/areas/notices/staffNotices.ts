import type { QueryFilter } from 'mongoose';
import { HallError } from '../../kernel/http/hallError.ts';
import { noticesErrors, type StaffNotice, type StaffNotices } from './contract.ts';
import { type Notice, NoticeModel, type NoticeState } from './model.ts';
import { sourcesOf } from './states.ts';
import { renderTemplate, templates } from './templates.ts';
import { wakeNotices } from './wake.ts';

const pageSize = 50;

const stateLabels: Readonly<Record<NoticeState, string>> = {
  created: '等待发送',
  sending: '发送中',
  sent: '已发出',
  delivered: '已送达',
  refused: '被拒收',
  failed: '失败',
  unknown: '结果未知',
  unreachable: '无法送达',
  expired: '已过期',
  optedOut: '本人已关闭',
};
const channelLabels = { template: '公众号', subscription: '小程序', sms: '短信' } as const;

/** States from which staff may send again: it did not arrive, or nobody knows. */
export const resendable: readonly NoticeState[] = sourcesOf('created').filter((state) => state !== 'sending');

export interface StaffNoticesQuery {
  readonly q?: string | undefined;
  readonly state?: NoticeState | undefined;
  readonly kind?: string | undefined;
  readonly before?: string | undefined;
}

/** Notices for staff, newest first: by person, by a number in them, by state and kind. Names are masked. */
export async function listStaffNotices(
  query: StaffNoticesQuery,
  nameOf: (personIds: readonly string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<StaffNotices> {
  const { q, state, kind, before } = query;
  const filter: QueryFilter<Notice> = {
    ...(state && { state }),
    ...(kind && { kind }),
    ...(before && { _id: { $lt: before } }),
    ...(q && { $or: [{ personId: q }, { 'values.number': q }, { 'values.ticket': q }] }),
  };
  const found = await NoticeModel.find(filter)
    .sort({ _id: -1 })
    .limit(pageSize + 1)
    .lean<Notice[]>();
  const notices = found.slice(0, pageSize);
  const names = await nameOf([...new Set(notices.map(({ personId }) => personId))]);
  return {
    notices: notices.map((notice) => presentForStaff(notice, names.get(notice.personId) ?? '微信用户')),
    next: found.length > pageSize ? notices.at(-1)!._id : null,
  };
}

function presentForStaff(notice: Notice, person: string): StaffNotice {
  const template = templates.get(notice.kind);
  const rendered = template && renderTemplate(template, notice.values);
  return {
    id: notice._id,
    kind: notice.kind,
    title: rendered?.title ?? notice.kind,
    person,
    state: notice.state,
    stateLabel: stateLabels[notice.state],
    channel: notice.channel,
    channelLabel: notice.channel ? channelLabels[notice.channel] : '仅小程序内',
    attempts: notice.attempts,
    problem: notice.problem && (problemWords(notice.problem.code) ?? notice.problem.message),
    fields: (rendered?.fields ?? []).map(({ label, value }) => ({ label, value })),
    createdAt: notice.createdAt.toISOString(),
    sentAt: notice.sentAt?.toISOString() ?? null,
    mayResend: resendable.includes(notice.state),
  };
}

/** The codes that staff meet, in their words. */
function problemWords(code: number | null): string | null {
  const words: Readonly<Record<number, string>> = {
    43004: '没有关注公众号',
    43019: '在公众号黑名单里',
    43101: '没有订阅或已拒收',
    45009: '当天额度用完',
    45011: '发送太快，稍后再发',
    47003: '字段内容不合格式',
    40037: '公众号里没有这个模板',
    43116: '模板被微信停用',
    48001: '公众号没有这个接口的权限',
    48002: '本人拒收公众号消息',
  };
  return code === null ? null : `${words[code] ?? '微信没有接受'}（${code}）`;
}

/**
 * Sends it again as a new try: WeChat's window for the old one is over or nothing was sent. Errors: `notices.not_found`,
 * `notices.cannot_resend`.
 */
export async function resendNotice(id: string, { wall, now }: { wall: Date; now: Date }): Promise<void> {
  const { modifiedCount } = await NoticeModel.collection.updateOne(
    { _id: id as never, state: { $in: [...resendable] } },
    {
      $set: {
        state: 'created',
        open: true,
        dueAt: wall,
        claim: null,
        attempts: 0,
        firstTriedAt: null,
        channel: null,
        msgId: null,
        at: now, // what had expired is worth sending again: somebody decided so
        settledAt: null,
      },
    },
  );
  if (modifiedCount === 1) return wakeNotices();
  throw new HallError(
    (await NoticeModel.exists({ _id: id })) ? noticesErrors.cannotResend : noticesErrors.notFound,
  );
}
