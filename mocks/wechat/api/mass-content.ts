import type { JsonObject } from '../core/errors.ts';
import { Refusal } from '../core/errors.ts';
import { objectOf, textListOf, textOf } from '../core/json.ts';
import type { Content } from '../people/inbox.ts';
import type { World } from '../world.ts';
import type { Drafts } from './drafts.ts';
import type { MassJobs } from './mass-jobs.ts';
import { type MediaShelf, pictureUrl } from './media.ts';
import type { Tags } from './tags.ts';

export type Parsed = { contents: Content[]; what: string; print: string; draft?: string; slugs?: string[] };
export type MassParts = { jobs: MassJobs; drafts: Drafts; media: MediaShelf; tags: Tags };
/** Reads what is to be sent. Both `image` (old) and `images` (new) are taken. */
export function parseContent(world: World, body: JsonObject, parts: MassParts): Parsed {
  const kind = textOf(body, 'msgtype');
  if (kind === 'text') {
    const text = textOf(objectOf(body, 'text') ?? {}, 'content');
    if (text === '') throw new Refusal(44004);
    if (Buffer.byteLength(text) > 2048) throw new Refusal(45002);
    return { contents: [{ kind: 'text', text }], what: 'text', print: text };
  }
  if (kind === 'mpnews') {
    const id = textOf(objectOf(body, 'mpnews') ?? {}, 'media_id');
    const draft = parts.drafts.get(id);
    const articles = parts.drafts.cards(world, draft.articles);
    const print = articles.map((one) => one.title).join(' | ');
    const slugs = draft.articles.map((one) => one.slug);
    return { contents: [{ kind: 'articles', articles }], what: 'mpnews', print, draft: id, slugs };
  }
  if (kind === 'image' || kind === 'images') {
    const plural = textListOf(objectOf(body, 'images') ?? {}, 'media_ids');
    const ids = plural ?? [textOf(objectOf(body, 'image') ?? {}, 'media_id')];
    const contents = ids.map((id): Content => {
      const media = parts.media.get(id, world.now());
      if (media?.kind !== 'image') throw new Refusal(40007);
      return { kind: 'image', url: pictureUrl(world, media) };
    });
    if (contents.length === 0) throw new Refusal(40007);
    return { contents, what: 'image', print: ids.join(' ') };
  }
  if (kind === 'voice' || kind === 'mpvideo') {
    const id = textOf(objectOf(body, kind) ?? {}, 'media_id');
    const media = parts.media.get(id, world.now());
    if (media?.kind !== (kind === 'voice' ? 'voice' : 'video')) throw new Refusal(40007);
    const shown = kind === 'voice' ? 'voice' : 'video';
    return {
      contents: [{ kind: shown, title: media.name, url: pictureUrl(world, media) }],
      what: kind,
      print: id,
    };
  }
  throw new Refusal(40008);
}
