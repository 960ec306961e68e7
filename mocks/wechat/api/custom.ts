import type { Endpoint } from '../core/api.ts';
import { ok } from '../core/api.ts';
import type { JsonObject } from '../core/errors.ts';
import { Refusal } from '../core/errors.ts';
import { isObject, listOf, objectOf, textOf } from '../core/json.ts';
import type { Person, ReplyWindow } from '../people/directory.ts';
import type { Content } from '../people/inbox.ts';
import type { World } from '../world.ts';
import type { Drafts } from './drafts.ts';
import { type MediaShelf, pictureUrl } from './media.ts';

/** After a message: 5 answers in 48 hours. After a click, a follow or a scan: 3 in one minute (since June 2023). */
const rules: Record<ReplyWindow['kind'], { ms: number; count: number }> = {
  message: { ms: 48 * 3_600_000, count: 5 },
  touch: { ms: 60_000, count: 3 },
};

/** A person wrote or tapped: the account may answer anew. */
export function openWindow(person: Person, kind: ReplyWindow['kind'], now: Date): void {
  person.windows = person.windows
    .filter((one) => one.kind !== kind && now.getTime() - one.openedAt < rules[one.kind].ms)
    .concat({ kind, openedAt: now.getTime(), used: 0 });
}

/** Takes one answer; 45015 when no window is open, 45047 when all open ones are used up. The shortest goes first. */
function takeWindow(person: Person, now: Date): void {
  const open = person.windows
    .filter((one) => now.getTime() - one.openedAt < rules[one.kind].ms)
    .sort((a, b) => rules[a.kind].ms - rules[b.kind].ms);
  if (open.length === 0) throw new Refusal(45015);
  const free = open.find((one) => one.used < rules[one.kind].count);
  if (!free) throw new Refusal(45047);
  free.used += 1;
}

function readContent(world: World, body: JsonObject, media: MediaShelf, drafts: Drafts): Content {
  const kind = textOf(body, 'msgtype');
  const part = objectOf(body, kind) ?? {};
  if (kind === 'text') {
    const text = textOf(part, 'content');
    if (text === '') throw new Refusal(44004);
    if (Buffer.byteLength(text) > 2048) throw new Refusal(45002);
    return { kind: 'text', text };
  }
  if (kind === 'image' || kind === 'voice' || kind === 'video') {
    const file = media.get(textOf(part, 'media_id'), world.now());
    if (file?.kind !== kind) throw new Refusal(40007);
    const url = pictureUrl(world, file);
    return kind === 'image' ? { kind, url } : { kind, title: textOf(part, 'title') || file.name, url };
  }
  if (kind === 'music') {
    return { kind, title: textOf(part, 'title'), url: textOf(part, 'musicurl') };
  }
  if (kind === 'news') {
    const list = listOf(part, 'articles');
    if (!list?.length) throw new Refusal(44003);
    if (list.length > 1) throw new Refusal(45008);
    const articles = list.filter(isObject).map((one) => ({
      title: textOf(one, 'title'),
      digest: textOf(one, 'description'),
      url: textOf(one, 'url'),
      cover: textOf(one, 'picurl'),
    }));
    return { kind: 'articles', articles };
  }
  if (kind === 'mpnews') {
    return { kind: 'articles', articles: drafts.cards(world, drafts.get(textOf(part, 'media_id')).articles) };
  }
  if (kind === 'msgmenu') {
    const items = (listOf(part, 'list') ?? []).filter(isObject).map((one) => textOf(one, 'content'));
    const lines = [textOf(part, 'head_content'), ...items, textOf(part, 'tail_content')];
    return { kind: 'text', text: lines.filter((line) => line !== '').join('\n') };
  }
  if (kind === 'miniprogrampage') {
    if (textOf(part, 'appid') !== world.appid('mp')) throw new Refusal(40013);
    const cover = media.get(textOf(part, 'thumb_media_id'), world.now());
    if (!cover) throw new Refusal(40007);
    return {
      kind: 'program',
      title: textOf(part, 'title'),
      cover: pictureUrl(world, cover),
      link: { miniProgram: { appid: textOf(part, 'appid'), path: textOf(part, 'pagepath') } },
    };
  }
  throw new Refusal(40008);
}

/** Customer-service messages: answers outside the five seconds, only while a window is open. */
export function customEndpoints(media: MediaShelf, drafts: Drafts): Endpoint[] {
  return [
    {
      method: 'POST',
      path: '/cgi-bin/message/custom/send',
      token: 'oa',
      handle: ({ world, body }) => {
        const openid = textOf(body, 'touser');
        const { person, state } = world.addressee(openid);
        if (state === 'unknown') throw new Refusal(40003);
        const content = readContent(world, body, media, drafts);
        // Somebody who does not follow, or is generated and never wrote, has no window.
        if (state === 'stranger' || !person) throw new Refusal(45015);
        if (person.receives === 'refuse') throw new Refusal(48002);
        const now = world.now();
        takeWindow(person, now);
        world.people.save(person);
        const msgId = world.messageIds.next(now);
        world.ledger.record(
          {
            channel: 'custom',
            openid,
            msgId: String(msgId),
            what: content.kind,
            clientMsgId: '',
            content: content.kind === 'text' ? content.text : JSON.stringify(content),
            outcome: 'success',
          },
          true,
        );
        world.inbox.add({
          citizen: person.id,
          chat: 'account',
          from: 'account',
          origin: 'custom',
          at: now.getTime(),
          msgId: String(msgId),
          content,
        });
        return ok();
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/message/custom/typing',
      token: 'oa',
      handle: ({ world, body }) => {
        const { person, state } = world.addressee(textOf(body, 'touser'));
        if (state === 'unknown' || !person) throw new Refusal(40003);
        const now = world.now().getTime();
        if (!person.windows.some((one) => now - one.openedAt < rules[one.kind].ms)) throw new Refusal(45015);
        return ok();
      },
    },
  ];
}
