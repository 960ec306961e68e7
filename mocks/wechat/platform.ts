import type { Middleware } from 'koa';
import type Router from 'koa-router';
import { routeArticles } from './api/article-pages.ts';
import { Codes } from './api/codes.ts';
import { customEndpoints } from './api/custom.ts';
import { draftEndpoints } from './api/draft-box.ts';
import { Drafts } from './api/drafts.ts';
import { massEndpoints } from './api/mass.ts';
import { MassJobs } from './api/mass-jobs.ts';
import { MediaShelf, mediaEndpoints, routePictures } from './api/media.ts';
import { Menus, menuEndpoints } from './api/menu.ts';
import { type Grant, oauthEndpoints, routeAuthorize, UserTokens } from './api/oauth.ts';
import { openapiEndpoints } from './api/openapi.ts';
import { type LoginGrant, programEndpoints } from './api/program.ts';
import { publishEndpoints } from './api/publish.ts';
import { qrcodeEndpoints, routeQrPicture, SceneCodes } from './api/qrcode.ts';
import { subscribeEndpoints } from './api/subscribe.ts';
import { Tags, tagEndpoints } from './api/tags.ts';
import { templateEndpoints } from './api/template.ts';
import { tokenEndpoints } from './api/token.ts';
import { userEndpoints } from './api/users.ts';
import { type Endpoint, type RidRecord, serve } from './core/api.ts';
import { DedupeWindow } from './core/dedupe-window.ts';
import { Refusal } from './core/errors.ts';
import { CitizenActions } from './people/actions.ts';
import { TemplateShelves } from './templates/shelf.ts';
import type { World } from './world.ts';

/** WeChat's side of things: the state of each capability, and its endpoints bound to a router. */
export class Platform {
  readonly world: World;
  readonly shelves: TemplateShelves;
  readonly sentTemplates = new DedupeWindow<bigint>(600_000);
  readonly menus: Menus;
  readonly tags: Tags;
  readonly media: MediaShelf;
  readonly drafts: Drafts;
  readonly mass: MassJobs;
  readonly sceneCodes: SceneCodes;
  readonly oauthCodes = new Codes<Grant>();
  readonly loginCodes = new Codes<LoginGrant>();
  readonly phoneCodes = new Codes<LoginGrant>();
  readonly userTokens = new UserTokens();
  readonly actions: CitizenActions;
  readonly #rids = new Map<string, RidRecord>();

  constructor(world: World) {
    this.world = world;
    const { store } = world;
    this.shelves = new TemplateShelves(store);
    this.menus = new Menus(store);
    this.tags = new Tags(store);
    this.media = new MediaShelf(store);
    this.drafts = new Drafts(store, this.media);
    this.mass = new MassJobs(store);
    this.sceneCodes = new SceneCodes(store);
    this.actions = new CitizenActions(world, this.media);
  }

  /** The interfaces. Their paths are fixed, so they are looked up, not matched: broadcasts come by the million. */
  interfaces(): Middleware {
    const paths = new Set<string>();
    const byPath = new Map<string, ReturnType<typeof serve>>();
    const endpoints: Endpoint[] = [
      ...tokenEndpoints,
      ...oauthEndpoints(this.oauthCodes, this.userTokens),
      ...programEndpoints(this.loginCodes, this.phoneCodes),
      ...userEndpoints,
      ...tagEndpoints(this.tags),
      ...templateEndpoints(this.shelves, this.sentTemplates),
      ...subscribeEndpoints(this.shelves),
      ...menuEndpoints(this.menus),
      ...mediaEndpoints(this.media),
      ...draftEndpoints(this.drafts),
      ...publishEndpoints(this.drafts),
      ...massEndpoints({ jobs: this.mass, drafts: this.drafts, media: this.media, tags: this.tags }),
      ...customEndpoints(this.media, this.drafts),
      ...qrcodeEndpoints(this.sceneCodes),
      ...openapiEndpoints(this.world.store, this.#rids, () => paths),
    ];
    for (const endpoint of endpoints) {
      paths.add(endpoint.path);
      byPath.set(endpoint.path, serve(this.world, this.#rids, endpoint));
    }
    const unknown = serve(this.world, this.#rids, {
      method: 'ANY',
      path: '',
      token: 'none',
      body: 'none',
      handle: () => {
        throw new Refusal(40066);
      },
    });
    return (ctx, next) => {
      const handle = byPath.get(ctx.path);
      if (handle) return handle(ctx);
      return /^\/(cgi-bin|wxa|wxaapi|sns)\//.test(ctx.path) && ctx.path !== '/cgi-bin/showqrcode'
        ? unknown(ctx)
        : next();
    };
  }

  /** Pages and pictures that people's browsers ask for. */
  routePages(router: Router): void {
    routeAuthorize(router, this.world, this.oauthCodes);
    routePictures(router, this.world, this.media);
    routeArticles(router, this.drafts);
    routeQrPicture(router, this.sceneCodes);
  }

  /** As on the first day: demo citizens, library templates, nothing sent, no faults. */
  reset(): void {
    const { world } = this;
    world.store.clear();
    world.tokens.revokeAll();
    world.quota.forgetAll();
    world.quota.clearOverrides();
    world.faults.reset();
    world.faults.change(world.options.faults ?? {});
    world.people.virtual.resize(0);
    world.people.seed();
    world.ledger.clear();
    world.inbox.clear();
    this.sentTemplates.clear();
    this.shelves.seed();
    this.tags.seed();
  }
}
