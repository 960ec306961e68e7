import type { ItemsSystem } from '../../government/items/port.ts';
import { GovernmentError } from '../../government/kit/governmentError.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { anyone, type Route, route } from '../../kernel/http/route.ts';
import { findBundle, listBundles } from './bundles.ts';
import {
  BundleList,
  BundleParams,
  BundleView,
  MatterFileParams,
  MatterList,
  MatterParams,
  MattersQuery,
  MatterView,
  mattersErrors,
  TopicList,
} from './contract.ts';
import { findMatter } from './findMatter.ts';
import { listMatters, listTopics } from './listMatters.ts';
import { filesOf, headOf } from './matterFiles.ts';
import { presentMatter } from './present.ts';
import { presentCard } from './presentCard.ts';
import type { GuideRefresher } from './refreshMatter.ts';

const read = { limit: 'read', signIn: 'none', may: anyone } as const;

interface Province {
  readonly guides: Pick<GuideRefresher, 'look'>;
  readonly items: Pick<ItemsSystem, 'document'>;
}

/** The catalogue for everybody. Without `province` it is served from the store alone. */
export const mattersRoutes = (province: Province | null = null): readonly Route[] => [
  route('GET', '/api/matters', { ...read, query: MattersQuery, answer: MatterList }, async ({ query }) => {
    const { matters, total } = await listMatters(query);
    return { matters: matters.map(presentCard), total };
  }),

  /** At once from the store; an old one is looked at again behind it. 404 `not_found`. */
  route(
    'GET',
    '/api/matters/:id',
    { ...read, params: MatterParams, answer: MatterView },
    async ({ params, requestId }) => {
      const matter = await findMatter(params.id);
      if (!matter) throw new HallError(mattersErrors.notFound);
      province?.guides.look(matter, requestId);
      return presentMatter(matter);
    },
  ),

  /** A blank form or a sample. 404 `not_found`, `file_not_found`; 503 `file_unavailable`. */
  route(
    'GET',
    '/api/matters/:id/files/:file',
    { ...read, params: MatterFileParams, answer: 'raw' },
    async ({ params, ctx, requestId }) => {
      const matter = await findMatter(params.id);
      if (!matter) throw new HallError(mattersErrors.notFound);
      const file = filesOf(matter)[params.file];
      if (!file) throw new HallError(mattersErrors.fileNotFound);
      if (!province) throw new HallError(mattersErrors.fileUnavailable);
      const found = await province.items
        .document(file.address, { code: matter.code, requestId })
        .catch((error) => {
          if (error instanceof GovernmentError) throw new HallError(mattersErrors.fileUnavailable);
          throw error;
        });
      if (!found) throw new HallError(mattersErrors.fileNotFound);
      const head = headOf(found, file.name);
      ctx.attachment(head.file);
      ctx.type = head.type;
      ctx.body = Buffer.from(found.bytes);
    },
  ),

  route('GET', '/api/topics', { ...read, answer: TopicList }, async () => ({ topics: await listTopics() })),

  route('GET', '/api/bundles', { ...read, answer: BundleList }, async () => ({
    bundles: await listBundles(),
  })),

  /** 404 `bundle_not_found`. */
  route(
    'GET',
    '/api/bundles/:id',
    { ...read, params: BundleParams, answer: BundleView },
    async ({ params }) => {
      const bundle = await findBundle(params.id);
      if (!bundle) throw new HallError(mattersErrors.bundleNotFound);
      return bundle;
    },
  ),
];
