import { isDuplicateKey } from '../../kernel/database.ts';
import { log } from '../../kernel/log.ts';
import type { NoticeHeaders, PayNotice, Trade, TradeRefund } from '../../wechat/pay/port.ts';
import { applyRefund, applyTrade } from './applyNotice.ts';
import { payNotices, type StoredNotice } from './noticeModel.ts';
import type { PaymentsRoom } from './room.ts';

/**
 * A notice came in: verify, keep, and only then say so (the caller answers 204). Applying follows, here or by the sweeper
 * when this process dies. Throws NoticeRefusal.
 */
export async function receiveNotice(
  room: PaymentsRoom,
  headers: NoticeHeaders,
  rawBody: string,
): Promise<StoredNotice> {
  const notice = room.pay.readNotice(headers, rawBody, room.clock.wall());
  const stored: StoredNotice = {
    _id: notice.id,
    kind: notice.kind,
    facts: factsOf(notice),
    raw: rawBody,
    receivedAt: room.clock.wall(),
    state: 'stored',
    problem: null,
  };
  try {
    await payNotices().updateOne({ _id: notice.id }, { $setOnInsert: stored }, { upsert: true });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error; // the same notice twice at the same moment: it is kept
  }
  return stored;
}

/** Applies one kept notice; a second time it changes nothing. */
export async function applyStored(room: PaymentsRoom, notice: StoredNotice): Promise<void> {
  const problem =
    notice.kind === 'paid'
      ? await applyTrade(room, notice.facts as Trade)
      : await applyRefund(room, notice.facts as TradeRefund);
  if (problem) log.error({ notice: notice._id, problem }, 'a notice of WeChat Pay does not fit');
  await payNotices().updateOne(
    { _id: notice._id, state: 'stored' },
    { $set: { state: problem ? 'strange' : 'applied', problem } },
  );
}

/** Applies what was kept and not applied: the process died after it had answered. Answers how many. */
export async function sweepNotices(room: PaymentsRoom): Promise<number> {
  const left = await payNotices().find({ state: 'stored' }).sort({ receivedAt: 1 }).limit(100).toArray();
  for (const notice of left) await applyStored(room, notice);
  return left.length;
}

function factsOf(notice: PayNotice): Trade | TradeRefund {
  return notice.kind === 'paid' ? { ...notice.trade, openid: null } : notice.refund;
}
