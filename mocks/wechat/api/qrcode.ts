import type Router from 'koa-router';
import type { Endpoint } from '../core/api.ts';
import { Refusal } from '../core/errors.ts';
import { randomText } from '../core/ids.ts';
import { integerOf, objectOf, textOf } from '../core/json.ts';
import { seconds } from '../core/local-time.ts';
import { qrPng } from '../core/picture.ts';
import type { Store } from '../core/store.ts';

export type SceneCode = {
  ticket: string;
  scene: number | string;
  url: string;
  expiresAt: number;
  label: string;
};

/** QR codes with a scene, by ticket. */
export class SceneCodes {
  #codes;

  constructor(store: Store) {
    this.#codes = store.collection<SceneCode>('scene-codes');
  }

  add(code: SceneCode): void {
    this.#codes.set(code.ticket, code);
  }

  byTicket(ticket: string): SceneCode | undefined {
    return this.#codes.get(ticket);
  }

  byUrl(url: string): SceneCode | undefined {
    return this.#codes.values().find((code) => code.url === url);
  }

  /** Codes that can be scanned now, newest first, one for each scene. */
  valid(now: Date): SceneCode[] {
    const byScene = new Map<string, SceneCode>();
    for (const code of this.#codes.values()) {
      if (code.expiresAt === 0 || code.expiresAt > seconds(now)) byScene.set(String(code.scene), code);
    }
    return [...byScene.values()].reverse();
  }

  permanentCount(): number {
    return this.#codes.values().filter((code) => code.expiresAt === 0).length;
  }
}

const longest = 2_592_000;

export function qrcodeEndpoints(codes: SceneCodes): Endpoint[] {
  return [
    {
      method: 'POST',
      path: '/cgi-bin/qrcode/create',
      token: 'oa',
      handle: ({ world, body }) => {
        const action = textOf(body, 'action_name');
        const temporary = action === 'QR_SCENE' || action === 'QR_STR_SCENE';
        if (!temporary && action !== 'QR_LIMIT_SCENE' && action !== 'QR_LIMIT_STR_SCENE')
          throw new Refusal(40052);
        const given = objectOf(objectOf(body, 'action_info') ?? {}, 'scene');
        if (!given) throw new Refusal(40053);
        const scene = action.includes('STR')
          ? textOf(given, 'scene_str')
          : (integerOf(given, 'scene_id') ?? 0);
        const valid =
          typeof scene === 'string'
            ? scene.length >= 1 && scene.length <= 64
            : scene >= 1 && scene <= (temporary ? 0xffffffff : 100_000);
        if (!valid) throw new Refusal(40053);
        if (!temporary && codes.permanentCount() >= 100_000) throw new Refusal(45009);
        const asked = integerOf(body, 'expire_seconds') ?? 60;
        const life = Math.min(Math.max(asked, 60), longest);
        const code = {
          ticket: `gQ${randomText(88)}==`,
          scene,
          url: `http://weixin.qq.com/q/02${randomText(20)}`,
          expiresAt: temporary ? seconds(world.now()) + life : 0,
          label: String(scene),
        };
        codes.add(code);
        return { ticket: code.ticket, ...(temporary ? { expire_seconds: life } : {}), url: code.url };
      },
    },
  ];
}

/** mp.weixin.qq.com/cgi-bin/showqrcode: the picture, or 404 for a ticket that is none. */
export function routeQrPicture(router: Router, codes: SceneCodes): void {
  router.get('/cgi-bin/showqrcode', (ctx) => {
    const code = codes.byTicket(String(ctx.query['ticket'] ?? ''));
    if (!code) {
      ctx.status = 404;
      return;
    }
    ctx.type = 'image/png';
    ctx.body = qrPng(code.url);
  });
}
