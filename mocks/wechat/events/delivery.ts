import { randomInt } from 'node:crypto';
import { Agent, request } from 'undici';
import type { FaultSwitches } from '../core/faults.ts';
import { randomText } from '../core/ids.ts';
import { seconds } from '../core/local-time.ts';
import { MessageCrypto, sign } from './message-crypto.ts';
import { type Reply, readReply } from './reply.ts';
import { toXml, type XmlFields } from './xml.ts';

export type Endpoint = { url: string; appid: string; token: string; aesKey: string };
export type Attempt = { at: number; event: string; status: number | 'timeout' | 'refused'; attempt: number };
type Push = { fields: XmlFields; attempts: number; bytes?: { query: string; body: string } };
type Waiting = { push: Push; done: (reply: Reply) => void };

/**
 * Pushes messages and events to the account's server as the platform does: signed, encrypted, five seconds for the
 * answer, three deliveries in all. What nobody took after the third is lost.
 */
export class Delivery {
  readonly log: Attempt[] = [];
  #endpoint: Endpoint | undefined;
  #crypto: MessageCrypto | undefined;
  #faults: FaultSwitches;
  #now: () => Date;
  #onOutcome: (outcome: 'delivered' | 'lost') => void;
  #agent = new Agent({ connections: 64, keepAliveTimeout: 4000 });
  #queue: Waiting[] = [];
  #running = 0;
  #pending = 0;
  #idle: (() => void)[] = [];
  #timers = new Map<NodeJS.Timeout, () => void>();
  #closed = false;

  constructor(
    endpoint: Endpoint | undefined,
    faults: FaultSwitches,
    now: () => Date,
    onOutcome: (outcome: 'delivered' | 'lost') => void,
  ) {
    this.#faults = faults;
    this.#now = now;
    this.#onOutcome = onOutcome;
    if (endpoint) this.point(endpoint);
  }

  get configured(): boolean {
    return this.#endpoint !== undefined;
  }

  point(endpoint: Endpoint): void {
    this.#endpoint = endpoint;
    this.#crypto = new MessageCrypto(endpoint.aesKey, endpoint.appid);
  }

  /** Delivers at once and gives the account's reply: used for what a person does. */
  ask(fields: XmlFields): Promise<Reply> {
    if (!this.#endpoint || this.#closed) return Promise.resolve({ kind: 'nothing' });
    return this.#enqueue(fields);
  }

  /** Delivers later, as results of sends are: delayed, doubled, mixed up or dropped by the fault switches. */
  notify(fields: XmlFields): void {
    const faults = this.#faults.current;
    if (!this.#endpoint || this.#closed || this.#faults.happens(faults.dropEvents)) return;
    const wait = faults.eventDelayMs + (faults.reorderMs > 0 ? randomInt(faults.reorderMs + 1) : 0);
    this.#pending += 1;
    void this.#sleep(wait).then(async () => {
      if (!this.#closed) {
        const bytes = this.#seal(fields);
        const copies = this.#faults.happens(faults.duplicateEvents) ? 2 : 1;
        await Promise.all(Array.from({ length: copies }, () => this.#enqueue(fields, bytes)));
      }
      this.#settle();
    });
  }

  /** Resolves when nothing waits and nothing is in flight. */
  settled(): Promise<void> {
    if (this.#pending === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** The GET by which the platform makes sure that a callback address is the account's own. */
  async verifyCallback(): Promise<boolean> {
    if (!this.#endpoint) return false;
    const timestamp = String(seconds(this.#now()));
    const nonce = String(randomInt(1e9));
    const echostr = randomText(20);
    const query = new URLSearchParams({
      signature: sign(this.#endpoint.token, timestamp, nonce),
      echostr,
      timestamp,
      nonce,
    });
    try {
      const answer = await request(withQuery(this.#endpoint.url, query.toString()), {
        dispatcher: this.#agent,
        headersTimeout: this.#faults.current.deliveryTimeoutMs,
      });
      return (await answer.body.text()) === echostr && answer.statusCode === 200;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const [timer, wake] of this.#timers) {
      clearTimeout(timer);
      wake();
    }
    this.#timers.clear();
    for (const waiting of this.#queue.splice(0)) {
      waiting.done({ kind: 'nothing' });
      this.#settle();
    }
    await this.#agent.destroy();
  }

  #enqueue(fields: XmlFields, bytes?: { query: string; body: string }): Promise<Reply> {
    this.#pending += 1;
    return new Promise((resolve) => {
      this.#queue.push({ push: { fields, attempts: 0, ...(bytes ? { bytes } : {}) }, done: resolve });
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#running < this.#faults.current.deliveryConcurrency) {
      const next = this.#queue.shift();
      if (!next) return;
      this.#running += 1;
      void this.#deliver(next.push).then((reply) => {
        this.#running -= 1;
        next.done(reply);
        this.#settle();
        this.#pump();
      });
    }
  }

  async #deliver(push: Push): Promise<Reply> {
    for (let attempt = 1; attempt <= 3 && !this.#closed; attempt++) {
      const reply = await this.#attempt(push, attempt);
      if (reply) {
        this.#onOutcome('delivered');
        return reply;
      }
      if (attempt < 3) await this.#sleep(this.#faults.current.deliveryGapMs);
    }
    this.#onOutcome('lost');
    return { kind: 'failed' };
  }

  /** One delivery; undefined when it has to be repeated. */
  async #attempt(push: Push, attempt: number): Promise<Reply | undefined> {
    const { query, body } = (attempt === 1 && push.bytes) || this.#seal(push.fields);
    const endpoint = this.#endpoint!;
    const limit = this.#faults.current.deliveryTimeoutMs;
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), limit);
    let status: Attempt['status'] = 'refused';
    try {
      const answer = await request(withQuery(endpoint.url, query), {
        method: 'POST',
        body,
        headers: { 'content-type': 'text/xml', 'user-agent': 'Mozilla/4.0' },
        dispatcher: this.#agent,
        signal: abort.signal,
      });
      const text = await answer.body.text();
      status = answer.statusCode;
      return status === 200 ? readReply(text, this.#crypto!, endpoint.token) : undefined;
    } catch {
      if (abort.signal.aborted) status = 'timeout';
      return undefined;
    } finally {
      clearTimeout(timer);
      this.log.push({
        at: this.#now().getTime(),
        event: String(push.fields['Event'] ?? push.fields['MsgType'] ?? ''),
        status,
        attempt,
      });
      if (this.log.length > 500) this.log.splice(0, 100);
    }
  }

  #seal(fields: XmlFields): { query: string; body: string } {
    const endpoint = this.#endpoint!;
    const timestamp = String(seconds(this.#now()));
    const nonce = String(randomInt(1e9, 2e9));
    const encrypted = this.#crypto!.encrypt(toXml(fields));
    const query = new URLSearchParams({
      signature: sign(endpoint.token, timestamp, nonce),
      timestamp,
      nonce,
      openid: String(fields['FromUserName'] ?? ''),
      encrypt_type: 'aes',
      msg_signature: sign(endpoint.token, timestamp, nonce, encrypted),
    });
    return {
      query: query.toString(),
      body: toXml({ ToUserName: fields['ToUserName'], Encrypt: encrypted }),
    };
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        resolve();
      }, ms);
      this.#timers.set(timer, resolve);
    });
  }

  #settle(): void {
    this.#pending -= 1;
    if (this.#pending === 0) for (const wake of this.#idle.splice(0)) wake();
  }
}

function withQuery(url: string, query: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}
