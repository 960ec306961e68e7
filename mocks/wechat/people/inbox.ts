import { EventEmitter } from 'node:events';
import type { Store } from '../core/store.ts';

export type Link = { url?: string; miniProgram?: { appid: string; path: string } };
export type ArticleCard = { title: string; digest: string; url: string; cover: string };

/** What a chat shows. `text` with `from: 'system'` is a grey line in the middle. */
export type Content =
  | { kind: 'text'; text: string }
  | { kind: 'image'; url: string }
  | { kind: 'voice' | 'video' | 'music'; title: string; url: string }
  | { kind: 'template'; title: string; fields: { label: string; value: string }[]; link?: Link }
  | { kind: 'articles'; articles: ArticleCard[] }
  | { kind: 'program'; title: string; cover: string; link: Link };

export type ChatMessage = {
  id: string;
  citizen: string;
  /** The official account's chat, or WeChat's own 「服务通知」 where mini-program messages arrive. */
  chat: 'account' | 'service';
  from: 'account' | 'citizen' | 'system';
  /** How it came: a broadcast is drawn differently from an answer. */
  origin: 'template' | 'subscribe' | 'mass' | 'custom' | 'passive' | 'citizen' | 'notice';
  at: number;
  read: boolean;
  msgId?: string;
  content: Content;
};

const kept = 300;

/** The chats of the demo citizens. A listener hears of every change within the same tick. */
export class Inbox {
  readonly changes = new EventEmitter();
  #messages;
  #byCitizen = new Map<string, ChatMessage[]>();
  #sequence = 0;

  constructor(store: Store) {
    this.changes.setMaxListeners(0);
    this.#messages = store.collection<ChatMessage>('inbox');
    for (const message of this.#messages.values().sort((a, b) => (a.id < b.id ? -1 : 1))) {
      this.#list(message.citizen).push(message);
      this.#sequence = Math.max(this.#sequence, Number(message.id.split('-')[1] ?? 0));
    }
  }

  add(message: Omit<ChatMessage, 'id' | 'read'>): ChatMessage {
    this.#sequence += 1;
    const id = `m-${String(this.#sequence).padStart(10, '0')}`;
    const full: ChatMessage = { ...message, id, read: message.from === 'citizen' };
    const list = this.#list(message.citizen);
    list.push(full);
    this.#messages.set(id, full);
    if (list.length > kept) this.#messages.delete(list.shift()!.id);
    this.changes.emit('change', message.citizen);
    return full;
  }

  of(citizen: string): readonly ChatMessage[] {
    return this.#list(citizen);
  }

  markRead(citizen: string, chat: ChatMessage['chat']): void {
    let changed = false;
    for (const message of this.#list(citizen)) {
      if (message.chat === chat && !message.read) {
        message.read = true;
        changed = true;
        this.#messages.set(message.id, message);
      }
    }
    if (changed) this.changes.emit('change', citizen);
  }

  /** Tells the phones that something else than a message changed (menu, clock, follow). */
  touch(citizen: string | undefined): void {
    this.changes.emit('change', citizen);
  }

  clear(): void {
    this.#byCitizen.clear();
    this.#messages.clear();
    this.changes.emit('change', undefined);
  }

  #list(citizen: string): ChatMessage[] {
    let list = this.#byCitizen.get(citizen);
    if (!list) {
      list = [];
      this.#byCitizen.set(citizen, list);
    }
    return list;
  }
}
