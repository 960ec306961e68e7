import { createHash } from 'node:crypto';
import type { Store } from '../core/store.ts';

export type Channel = 'template' | 'subscribe' | 'bizsend' | 'custom' | 'mass' | 'preview' | 'passive';

/** One message that reached (or was refused by) one person. */
export type Entry = {
  channel: Channel;
  openid: string;
  msgId: string;
  /** Template id, or the kind of a mass or customer message. */
  what: string;
  clientMsgId: string;
  /** Everything the person would read, to tell one message from another. */
  content: string;
  outcome: 'success' | 'failed:user block' | 'failed: system failed';
};

type Campaign = {
  id: string;
  channel: Channel;
  what: string;
  sample: string;
  messages: number;
  people: Map<string, number>;
};

/**
 * The truth tests compare with. Messages with the same channel, template and content are one campaign; for each the
 * number of messages every person got. Only counts are kept, so that a million sends stay small.
 */
export class Ledger {
  #channels = new Map<Channel, { messages: number; success: number; blocked: number; failed: number }>();
  #campaigns = new Map<string, Campaign>();
  #people = new Map<string, number>();
  #generated: { what: string; content: string; people: number }[] = [];
  #repeats = 0;
  #refusals = new Map<string, number>();
  #receipts = { delivered: 0, lost: 0 };
  #kept;
  #sequence = 0;

  constructor(store: Store) {
    this.#kept = store.collection<Entry>('ledger');
    for (const [key, entry] of this.#kept.entries().sort(([a], [b]) => (a < b ? -1 : 1))) {
      this.#sequence = Number(key);
      this.#count(entry);
    }
  }

  /** `keep`: remember it over a restart; generated followers are only counted. */
  record(entry: Entry, keep: boolean): void {
    if (keep) {
      this.#sequence += 1;
      this.#kept.set(String(this.#sequence).padStart(10, '0'), entry);
    }
    this.#count(entry);
  }

  #count(entry: Entry): void {
    const totals = this.#channels.get(entry.channel) ?? { messages: 0, success: 0, blocked: 0, failed: 0 };
    totals.messages += 1;
    if (entry.outcome === 'success') totals.success += 1;
    else if (entry.outcome === 'failed:user block') totals.blocked += 1;
    else totals.failed += 1;
    this.#channels.set(entry.channel, totals);
    this.#people.set(entry.openid, (this.#people.get(entry.openid) ?? 0) + 1);
    const key = `${entry.channel}\n${entry.what}\n${entry.content}`;
    let campaign = this.#campaigns.get(key);
    if (!campaign) {
      campaign = {
        id: createHash('sha1').update(key).digest('base64url').slice(0, 16),
        channel: entry.channel,
        what: entry.what,
        sample: entry.content.slice(0, 200),
        messages: 0,
        people: new Map(),
      };
      this.#campaigns.set(key, campaign);
    }
    campaign.messages += 1;
    campaign.people.set(entry.openid, (campaign.people.get(entry.openid) ?? 0) + 1);
  }

  /** Mass messages to generated followers are counted in one go; each of them got one. */
  addMass(what: string, content: string, virtual: number): void {
    if (virtual === 0) return;
    const totals = this.#channels.get('mass') ?? { messages: 0, success: 0, blocked: 0, failed: 0 };
    totals.messages += virtual;
    totals.success += virtual;
    this.#channels.set('mass', totals);
    this.#generated.push({ what, content: content.slice(0, 200), people: virtual });
    if (this.#generated.length > 200) this.#generated.shift();
  }

  /** A send whose client id was seen before: answered like the first, shown to nobody again. */
  repeat(): void {
    this.#repeats += 1;
  }

  refuse(path: string, errcode: number): void {
    const key = `${path} ${errcode}`;
    this.#refusals.set(key, (this.#refusals.get(key) ?? 0) + 1);
  }

  receipt(outcome: 'delivered' | 'lost'): void {
    this.#receipts[outcome] += 1;
  }

  /**
   * `campaigns` largest first (200 at most), each with how many people got it how many times: `{ '1': 20000 }` is
   * the answer to "exactly one each". `what` and `contains` narrow them; `openid` gives one person's total.
   */
  report(
    filter: { what?: string | undefined; contains?: string | undefined; openid?: string | undefined } = {},
  ): {
    channels: Record<string, { messages: number; success: number; blocked: number; failed: number }>;
    people: number;
    repeats: number;
    refusals: Record<string, number>;
    receipts: { delivered: number; lost: number };
    generated: { what: string; content: string; people: number }[];
    person?: { openid: string; messages: number };
    campaigns: {
      id: string;
      channel: Channel;
      what: string;
      sample: string;
      messages: number;
      people: number;
      perPerson: Record<string, number>;
    }[];
  } {
    const chosen = [...this.#campaigns.values()]
      .filter((one) => !filter.what || one.what === filter.what)
      .filter((one) => !filter.contains || one.sample.includes(filter.contains))
      .sort((a, b) => b.messages - a.messages)
      .slice(0, 200);
    return {
      channels: Object.fromEntries(this.#channels),
      people: this.#people.size,
      repeats: this.#repeats,
      refusals: Object.fromEntries(this.#refusals),
      receipts: { ...this.#receipts },
      generated: [...this.#generated],
      ...(filter.openid
        ? { person: { openid: filter.openid, messages: this.#people.get(filter.openid) ?? 0 } }
        : {}),
      campaigns: chosen.map((one) => ({
        id: one.id,
        channel: one.channel,
        what: one.what,
        sample: one.sample,
        messages: one.messages,
        people: one.people.size,
        perPerson: histogram(one.people.values()),
      })),
    };
  }

  /** Every person's count in one campaign, for a test that compares row by row. */
  campaign(id: string): Record<string, number> | undefined {
    const campaign = [...this.#campaigns.values()].find((one) => one.id === id);
    return campaign && Object.fromEntries(campaign.people);
  }

  clear(): void {
    this.#channels.clear();
    this.#campaigns.clear();
    this.#people.clear();
    this.#refusals.clear();
    this.#repeats = 0;
    this.#generated = [];
    this.#kept.clear();
    this.#receipts = { delivered: 0, lost: 0 };
  }
}

function histogram(counts: Iterable<number>): Record<string, number> {
  const result: Record<string, number> = {};
  for (const count of counts) result[count] = (result[count] ?? 0) + 1;
  return result;
}
