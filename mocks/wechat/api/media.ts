import type Router from 'koa-router';
import type { Call, Endpoint } from '../core/api.ts';
import { ok } from '../core/api.ts';
import type { JsonObject } from '../core/errors.ts';
import { Refusal } from '../core/errors.ts';
import { randomText } from '../core/ids.ts';
import { integerOf, textOf } from '../core/json.ts';
import { seconds } from '../core/local-time.ts';
import type { Part } from '../core/multipart.ts';
import type { Store } from '../core/store.ts';
import type { World } from '../world.ts';

export type MediaKind = 'image' | 'voice' | 'video' | 'thumb';
export type Media = {
  id: string;
  kind: MediaKind;
  type: string;
  name: string;
  data: Uint8Array;
  permanent: boolean;
  /** Unix seconds. */
  at: number;
};

const lifeSeconds = 3 * 86_400;
const sizes: Record<MediaKind, number> = {
  image: 10 * 1024 * 1024,
  voice: 2 * 1024 * 1024,
  video: 10 * 1024 * 1024,
  thumb: 64 * 1024,
};

/** The file's real kind by its first bytes; the name and the declared type are not believed. */
export function sniff(data: Buffer): { kind: 'image' | 'voice' | 'video'; type: string } | undefined {
  const hex = data.subarray(0, 4).toString('hex');
  if (hex.startsWith('ffd8ff')) return { kind: 'image', type: 'image/jpeg' };
  if (hex === '89504e47') return { kind: 'image', type: 'image/png' };
  if (hex === '47494638') return { kind: 'image', type: 'image/gif' };
  if (hex.startsWith('424d')) return { kind: 'image', type: 'image/bmp' };
  if (data.subarray(0, 5).toString('latin1') === '#!AMR') return { kind: 'voice', type: 'audio/amr' };
  if (hex.startsWith('494433') || hex.startsWith('fffb')) return { kind: 'voice', type: 'audio/mpeg' };
  if (data.subarray(4, 8).toString('latin1') === 'ftyp') return { kind: 'video', type: 'video/mp4' };
  return undefined;
}

/** Uploaded files: temporary ones live three days, permanent ones until they are deleted. */
export class MediaShelf {
  #media;

  constructor(store: Store) {
    this.#media = store.collection<Media>('media');
  }

  add(part: Part, kind: MediaKind, type: string, permanent: boolean, now: Date): Media {
    const media = {
      id: randomText(64),
      kind,
      type,
      name: part.filename ?? '',
      data: part.data,
      permanent,
      at: seconds(now),
    };
    this.#media.set(media.id, media);
    return media;
  }

  /** A file that is still valid. */
  get(id: string, now: Date): Media | undefined {
    const media = this.#media.get(id);
    return media && (media.permanent || seconds(now) - media.at < lifeSeconds) ? media : undefined;
  }

  permanent(kind: MediaKind): Media[] {
    return this.#media.values().filter((one) => one.permanent && one.kind === kind);
  }

  remove(id: string): boolean {
    return this.#media.delete(id);
  }
}

function readFile(call: Call, kind: MediaKind): { part: Part; type: string } {
  const part = call.parts.find((one) => one.name === 'media');
  if (!part) throw new Refusal(41005);
  if (part.data.length === 0) throw new Refusal(44001);
  const found = sniff(part.data);
  if (found?.kind !== (kind === 'thumb' ? 'image' : kind)) throw new Refusal(40005);
  if (kind === 'thumb' && found.type !== 'image/jpeg' && found.type !== 'image/png') throw new Refusal(40005);
  if (part.data.length > sizes[kind]) throw new Refusal(45001);
  return { part, type: found.type };
}

function readKind(text: string | null): MediaKind {
  if (text !== 'image' && text !== 'voice' && text !== 'video' && text !== 'thumb') throw new Refusal(40004);
  return text;
}

export const pictureUrl = (world: World, media: Media) => `${world.baseUrl}/mmbiz/${media.id}`;

export function mediaEndpoints(shelf: MediaShelf): Endpoint[] {
  return [
    {
      method: 'POST',
      path: '/cgi-bin/media/upload',
      token: 'any',
      body: 'multipart',
      handle: (call) => {
        const kind = readKind(call.query.get('type'));
        const { part, type } = readFile(call, kind);
        const media = shelf.add(part, kind, type, false, call.world.now());
        return {
          type: kind,
          [kind === 'thumb' ? 'thumb_media_id' : 'media_id']: media.id,
          created_at: media.at,
        };
      },
    },
    {
      method: 'GET',
      path: '/cgi-bin/media/get',
      token: 'any',
      handle: ({ world, query }) => {
        const media = shelf.get(query.get('media_id') ?? '', world.now());
        if (!media) throw new Refusal(40007);
        if (media.kind === 'video') return { video_url: pictureUrl(world, media) };
        return { bytes: Buffer.from(media.data), type: media.type };
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/media/uploadimg',
      token: 'oa',
      body: 'multipart',
      handle: (call) => {
        const { part, type } = readFile(call, 'image');
        if (type !== 'image/jpeg' && type !== 'image/png') throw new Refusal(40005);
        if (part.data.length > 1024 * 1024) throw new Refusal(40009);
        return { url: pictureUrl(call.world, shelf.add(part, 'image', type, true, call.world.now())) };
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/material/add_material',
      token: 'oa',
      body: 'multipart',
      handle: (call) => {
        const kind = readKind(call.query.get('type'));
        const { part, type } = readFile(call, kind);
        const media = shelf.add(part, kind, type, true, call.world.now());
        return { media_id: media.id, ...(kind === 'image' ? { url: pictureUrl(call.world, media) } : {}) };
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/material/get_material',
      token: 'oa',
      handle: ({ world, body }) => {
        const media = shelf.get(textOf(body, 'media_id'), world.now());
        if (!media?.permanent) throw new Refusal(40007);
        return { bytes: Buffer.from(media.data), type: media.type };
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/material/del_material',
      token: 'oa',
      handle: ({ world, body }) => {
        const id = textOf(body, 'media_id');
        if (!shelf.get(id, world.now())?.permanent) throw new Refusal(40007);
        shelf.remove(id);
        return ok();
      },
    },
    {
      method: 'GET',
      path: '/cgi-bin/material/get_materialcount',
      token: 'oa',
      handle: () => ({
        voice_count: shelf.permanent('voice').length,
        video_count: shelf.permanent('video').length,
        image_count: shelf.permanent('image').length,
        news_count: 0,
      }),
    },
    {
      method: 'POST',
      path: '/cgi-bin/material/batchget_material',
      token: 'oa',
      handle: ({ world, body }): JsonObject => {
        const kind = readKind(textOf(body, 'type'));
        const offset = integerOf(body, 'offset') ?? 0;
        const count = integerOf(body, 'count') ?? 0;
        if (offset < 0 || count < 1 || count > 20) throw new Refusal(40035);
        const all = shelf.permanent(kind).sort((a, b) => b.at - a.at);
        const item = all.slice(offset, offset + count).map((media) => ({
          media_id: media.id,
          name: media.name,
          update_time: media.at,
          url: pictureUrl(world, media),
        }));
        return { total_count: all.length, item_count: item.length, item };
      },
    },
  ];
}

/** The picture host, as mmbiz.qpic.cn is. */
export function routePictures(router: Router, world: World, shelf: MediaShelf): void {
  router.get('/mmbiz/:id', (ctx) => {
    const media = shelf.get(String(ctx.params['id']), world.now());
    if (!media) {
      ctx.status = 404;
      return;
    }
    ctx.set('Cache-Control', 'max-age=86400');
    ctx.type = media.type;
    ctx.body = Buffer.from(media.data);
  });
}
