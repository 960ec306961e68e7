import { HallError } from '../../kernel/http/hallError.ts';
import { anyone, type Route, route } from '../../kernel/http/route.ts';
import { MatterList, MatterParams, MattersQuery, MatterView, mattersErrors, TopicList } from './contract.ts';
import { findMatter } from './findMatter.ts';
import { listMatters, listTopics } from './listMatters.ts';
import { presentCard, presentMatter } from './present.ts';

const read = { limit: 'read', signIn: 'none', may: anyone } as const;

export const mattersRoutes = (): readonly Route[] => [
  route('GET', '/api/matters', { ...read, query: MattersQuery, answer: MatterList }, async ({ query }) => {
    const { matters, total } = await listMatters(query);
    return { matters: matters.map(presentCard), total };
  }),

  route(
    'GET',
    '/api/matters/:id',
    { ...read, params: MatterParams, answer: MatterView },
    async ({ params }) => {
      const matter = await findMatter(params.id);
      if (!matter) throw new HallError(mattersErrors.notFound);
      return presentMatter(matter);
    },
  ),

  route('GET', '/api/topics', { ...read, answer: TopicList }, async () => ({ topics: await listTopics() })),
];
