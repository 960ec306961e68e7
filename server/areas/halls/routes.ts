import { HallError } from '../../kernel/http/hallError.ts';
import { anyone, type Route, route } from '../../kernel/http/route.ts';
import { countMatters } from '../matters/listMatters.ts';
import { HallList, HallParams, HallsQuery, HallView, hallsErrors, TownList } from './contract.ts';
import { findHall } from './findHall.ts';
import { listHalls } from './listHalls.ts';
import { listTowns } from './listTowns.ts';
import { type HallTimes, presentCard, presentHall } from './present.ts';

const read = { limit: 'read', signIn: 'none', may: anyone } as const;

export const hallsRoutes = (times: HallTimes): readonly Route[] => [
  route('GET', '/api/halls', { ...read, query: HallsQuery, answer: HallList }, async ({ query }) => {
    const { latitude, longitude, ...filter } = query;
    const from = latitude !== undefined && longitude !== undefined ? { latitude, longitude } : undefined;
    const { halls, total } = await listHalls({ ...filter, from });
    return { halls: halls.map(({ hall, distance }) => presentCard(hall, distance, times)), total };
  }),

  route('GET', '/api/halls/:id', { ...read, params: HallParams, answer: HallView }, async ({ params }) => {
    const hall = await findHall(params.id);
    if (!hall) throw new HallError(hallsErrors.notFound);
    return presentHall(hall, await countMatters(hall.id), times);
  }),

  route('GET', '/api/towns', { ...read, answer: TownList }, async () => ({ towns: await listTowns() })),
];
