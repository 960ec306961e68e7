import { WechatError } from '../../wechat/official-account/errors.ts';
import { mayRepeat } from '../notices/rules.ts';
import { clientMsgIdOf } from './ledger.ts';
import type { Broadcast } from './model.ts';
import { outcomeOf } from './reactions.ts';
import type { BroadcastsRoom } from './room.ts';
import { type ClaimedRow, RowFeed } from './rowFeed.ts';
import { RowWriter } from './rowWriter.ts';
import type { Seat, SharedPace } from './sharedPace.ts';

/** Why a run ended: everybody was served, staff or the worker's end asked for it, the quota, or too much went wrong. */
export type RunEnd =
  | { readonly why: 'finished' }
  | { readonly why: 'asked' }
  | { readonly why: 'rest' }
  | { readonly why: 'halt'; readonly note: string };

export interface Run {
  /** Ends the run; what is in flight settles first. */
  readonly end: (end: RunEnd) => void;
  readonly ended: Promise<RunEnd>;
  /** Messages a second, lately. */
  readonly rate: () => number;
}

/**
 * Sends one broadcast's template message to every row of its ledger, as fast as WeChat allows and as the broadcasts that
 * run beside it leave room for.
 */
export function sendToRows(room: BroadcastsRoom, broadcast: Broadcast, pace: SharedPace): Run {
  const feed = new RowFeed(room, broadcast, Math.max(200, pace.lanes * 10), room.leaseMs ?? 30_000);
  const writer = new RowWriter();
  const meter = new Meter();
  let end: RunEnd | null = null;
  const stop = (why: RunEnd): void => {
    end ??= why;
  };

  async function lane(seat: Seat): Promise<void> {
    while (end === null) {
      // The turn first, then the row: a row that waited for its turn could outlive its lease and be claimed again.
      await pace.pacer.take();
      await pace.begin(seat);
      try {
        const row = await feed.next();
        if (row === null) return;
        if (!(await pace.spend())) {
          stop({ why: 'rest' });
          return feed.giveBack(row);
        }
        if (end !== null || !feed.isFresh(row)) {
          pace.giveBack();
          await feed.putBack([row]);
          continue;
        }
        await sendOne(row).finally(() => pace.settled());
      } finally {
        pace.done(seat);
      }
      if (writer.broken) stop({ why: 'asked' });
    }
  }

  /** One lane's fault ends the run for all; they finish what they hold. */
  const guarded = (seat: Seat): Promise<void> =>
    lane(seat).catch((error: unknown) => {
      stop({ why: 'asked' });
      throw error;
    });

  async function sendOne(row: ClaimedRow): Promise<void> {
    const { templateId, data } = broadcast.pinned!;
    const page = broadcast.content.kind === 'template' ? broadcast.content.page : null;
    const tried = { attempts: row.attempts, firstTriedAt: row.firstTriedAt };
    if (row.attempts > 1 && !mayRepeat(row.firstTriedAt, room.clock.wall())) {
      writer.settle(row, { state: 'unknown', dueAt: null, sure: false, run: 'on' }, null);
      return;
    }
    try {
      const message = { openid: row.openid, templateId, data, page, clientMsgId: clientMsgIdOf(row) };
      const { msgId } = await room.account.sendTemplate(message);
      writer.sent(row, msgId);
      meter.sent();
      pace.pacer.relaxed();
    } catch (error) {
      if (!(error instanceof WechatError)) throw error;
      const outcome = outcomeOf(error.kind, { ...tried, now: room.clock.wall() });
      writer.settle(row, outcome, error.errcode);
      if (outcome.state === 'failed' || outcome.state === 'unknown') meter.failed();
      if (outcome.run === 'slower') pace.pacer.slower(meter.rate(), untilNextMinute(room.clock.wall()));
      if (outcome.run === 'strained') pace.pacer.strained();
      if (outcome.run === 'rest') stop({ why: 'rest' });
      if (outcome.run === 'halt')
        stop({ why: 'halt', note: `微信拒绝发送（${error.errcode}），请处理后再继续` });
      const { afterSends, failedShare } = room.settings.haltBroadcastAt;
      if (meter.tried >= afterSends && meter.failures / meter.tried >= failedShare) {
        const percent = Math.round((meter.failures / meter.tried) * 100);
        stop({ why: 'halt', note: `失败率达到 ${percent}%，已自动暂停` });
      }
    }
  }

  const ended = (async (): Promise<RunEnd> => {
    const seat = await pace.join();
    try {
      const results = await Promise.allSettled(Array.from({ length: pace.lanes }, () => guarded(seat)));
      const failure = results.find((each) => each.status === 'rejected');
      if (failure) throw failure.reason;
    } finally {
      stop({ why: 'finished' });
      pace.leave(seat);
      await feed.close();
      await writer.finish();
    }
    return end!;
  })();
  return { end: stop, ended, rate: () => meter.rate() };
}

const untilNextMinute = (now: Date): number => 60_500 - (now.getTime() % 60_000);

/** Counts of this run, and the rate over the last seconds. */
class Meter {
  tried = 0;
  failures = 0;
  private readonly marks: { at: number; count: number }[] = [];
  private sentCount = 0;

  sent(): void {
    this.tried += 1;
    this.sentCount += 1;
    const now = performance.now();
    if (now - (this.marks.at(-1)?.at ?? Number.NEGATIVE_INFINITY) > 250) {
      this.marks.push({ at: now, count: this.sentCount });
      if (this.marks.length > 20) this.marks.shift();
    }
  }

  failed(): void {
    this.tried += 1;
    this.failures += 1;
  }

  rate(): number {
    const first = this.marks[0];
    if (!first) return 0;
    return (this.sentCount - first.count) / Math.max(0.25, (performance.now() - first.at) / 1000);
  }
}
