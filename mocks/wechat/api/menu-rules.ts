import type { Json, JsonObject } from '../core/errors.ts';
import { Refusal } from '../core/errors.ts';
import { isObject, listOf, textOf } from '../core/json.ts';

export type Button = {
  name: string;
  type?: string;
  key?: string;
  url?: string;
  appid?: string;
  pagepath?: string;
  media_id?: string;
  article_id?: string;
  sub_button?: Button[];
};

const keyed = [
  'click',
  'scancode_push',
  'scancode_waitmsg',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
];
const bytes = (text: string) => Buffer.byteLength(text);

/**
 * Checks a menu as menu/create does: 1 to 3 buttons of at most 16 bytes, 1 to 5 below each of at most 60, keys of at
 * most 128 bytes, addresses of at most 1024. Escaped characters (\uXXXX) are refused with 40033.
 */
export function readButtons(body: JsonObject, raw: Buffer): Button[] {
  if (/\\u[0-9a-f]{4}/i.test(raw.toString('utf8'))) throw new Refusal(40033);
  const list = listOf(body, 'button');
  if (!list) throw new Refusal(41007);
  if (list.length < 1 || list.length > 3) throw new Refusal(40016);
  return list.map((item) => readButton(item, false));
}

function readButton(item: Json, below: boolean): Button {
  if (!isObject(item)) throw new Refusal(below ? 40024 : 40017);
  const name = textOf(item, 'name');
  if (name === '' || bytes(name) > (below ? 60 : 16)) throw new Refusal(below ? 40025 : 40018);
  const children = listOf(item, 'sub_button');
  if (children && children.length > 0) {
    if (below || children.length > 5) throw new Refusal(40023);
    return { name, sub_button: children.map((child) => readButton(child, true)) };
  }
  const type = textOf(item, 'type');
  if (keyed.includes(type)) {
    const key = textOf(item, 'key');
    if (key === '' || bytes(key) > 128) throw new Refusal(below ? 40026 : 40019);
    return { name, type, key };
  }
  if (type === 'view') return { name, type, url: readAddress(item, below) };
  if (type === 'miniprogram') {
    const appid = textOf(item, 'appid');
    const pagepath = textOf(item, 'pagepath');
    if (appid === '') throw new Refusal(40013);
    if (pagepath === '') throw new Refusal(40119);
    return { name, type, url: readAddress(item, below), appid, pagepath };
  }
  if (type === 'media_id' || type === 'view_limited') {
    const media = textOf(item, 'media_id');
    if (media === '') throw new Refusal(40007);
    return { name, type, media_id: media };
  }
  if (type === 'article_id' || type === 'article_view_limited') {
    const article = textOf(item, 'article_id');
    if (article === '') throw new Refusal(40007);
    return { name, type, article_id: article };
  }
  throw new Refusal(below ? 40024 : 40017);
}

function readAddress(item: JsonObject, below: boolean): string {
  const url = textOf(item, 'url');
  if (url === '' || bytes(url) > 1024) throw new Refusal(below ? 40027 : 40020);
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new Refusal(below ? 40054 : 40055);
  return url;
}

/** Hosts a menu leads to; a personalised one may have three at most. */
export function hostsOf(buttons: Button[]): Set<string> {
  const hosts = new Set<string>();
  for (const button of buttons) {
    if (button.url && button.type === 'view') hosts.add(new URL(button.url).host);
    for (const host of hostsOf(button.sub_button ?? [])) hosts.add(host);
  }
  return hosts;
}

/** menu/get prints an empty list below every button that opens nothing. */
export function printButtons(buttons: Button[]): JsonObject[] {
  return buttons.map((button) => ({ ...button, sub_button: printButtons(button.sub_button ?? []) }));
}
