import { randomBytes } from 'node:crypto';
import { platformHeaders, seal } from './signing.ts';
import { type Notice, type PayWorld, rfc3339 } from './world.ts';

type News = Pick<Notice, 'eventType' | 'summary' | 'originalType' | 'url' | 'resource'>;

/** Pauses between the 15 tries, in seconds: 24 h 4 min in all. */
export const retryPauses = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600,
];
const answerWithinMs = 5000;

/** Tells the merchant, again and again until it says 200 or 204; delivery is never promised. */
export class Notices {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly underWay = new Set<Promise<void>>();
  private closed = false;

  constructor(private readonly world: PayWorld) {}

  tell(news: News): Notice {
    const { world } = this;
    const { faults } = world;
    const notice: Notice = {
      ...news,
      id: `EV-${localStamp(world.now())}${randomBytes(8).toString('hex').toUpperCase()}`,
      createdAt: rfc3339(world.now()),
      tries: [],
      done: false,
    };
    world.notices.set(notice.id, notice);
    if (Math.random() < faults.noticeLoss) {
      notice.done = true; // lost on the way, all of its tries
      return notice;
    }
    for (let copy = 0; copy < faults.noticeCopies; copy++)
      this.later(faults.noticeDelayMs + Math.random() * faults.noticeReorderMs, () =>
        this.attempt(notice, copy === 0),
      );
    return notice;
  }

  /** One more delivery at once, as after a try that was lost. */
  async resend(id: string): Promise<number | null> {
    const notice = this.world.notices.get(id);
    return notice ? this.deliver(notice) : null;
  }

  /** Resolves when nothing is on its way at this moment. */
  async quiet(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const timer of this.timers) clearTimeout(timer);
    await this.quiet();
  }

  private later(ms: number, work: () => Promise<void>): void {
    if (this.closed) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      const running = work().finally(() => this.underWay.delete(running));
      this.underWay.add(running);
    }, ms).unref();
    this.timers.add(timer);
  }

  private async attempt(notice: Notice, repeats: boolean): Promise<void> {
    const status = await this.deliver(notice);
    if (status === 200 || status === 204) notice.done = true;
    this.world.notices.set(notice.id, notice);
    const pause = retryPauses[notice.tries.length - 1];
    if (!repeats || notice.done || pause === undefined) return;
    this.later((pause * 1000) / (this.world.options.noticeSpeed ?? 1), () => this.attempt(notice, true));
  }

  private async deliver(notice: Notice): Promise<number | null> {
    const { world } = this;
    const body = this.bodyOf(notice);
    const headers = platformHeaders(body, world.keys, world.signing, world.wall());
    const probe = Math.random() < world.faults.noticeProbes;
    if (probe) {
      const wrong = `WECHATPAY/SIGNTEST/${headers['Wechatpay-Signature']}`;
      await this.post(notice.url, body, { ...headers, 'Wechatpay-Signature': wrong });
    }
    const status = await this.post(notice.url, body, headers);
    notice.tries.push({ at: world.now().toISOString(), status });
    return status;
  }

  private bodyOf(notice: Notice): string {
    const { noticeWrongAmount } = this.world.faults;
    const resource = structuredClone(notice.resource) as { amount?: { total?: number } };
    if (noticeWrongAmount && resource.amount?.total !== undefined) resource.amount.total += noticeWrongAmount;
    return JSON.stringify({
      id: notice.id,
      create_time: notice.createdAt,
      resource_type: 'encrypt-resource',
      event_type: notice.eventType,
      summary: notice.summary,
      resource: {
        original_type: notice.originalType,
        ...seal(JSON.stringify(resource), notice.originalType, this.world.keys.apiV3Key),
      },
    });
  }

  private async post(url: string, body: string, headers: Record<string, string>): Promise<number | null> {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'user-agent': 'Mozilla/4.0', ...headers },
        signal: AbortSignal.timeout(answerWithinMs),
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return null;
    }
  }
}

const localStamp = (at: Date): string => rfc3339(at).replace(/\D/g, '').slice(0, 14);
