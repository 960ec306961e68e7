import { anyone, type Route, route } from '../../kernel/http/route.ts';
import { ProgressRequest, ProgressView } from './contract.ts';
import { findProgress, type ProgressRoom } from './findProgress.ts';

export const progressRoutes = (room: ProgressRoom): readonly Route[] => [
  route(
    'POST',
    '/api/progress/find',
    { limit: 'guess', signIn: 'citizen', may: anyone, body: ProgressRequest, answer: ProgressView },
    ({ citizen: { personId }, body }) => findProgress(room, personId, body),
  ),
];
