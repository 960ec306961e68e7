import type { ProgressView } from '../../../server/areas/progress/contract.ts';
import { post } from './request.ts';

/** A case of any channel, by the applicant's name and its number. */
export const findProgress = (name: string, number: string): Promise<ProgressView> =>
  post('/api/progress/find', { name, number });
