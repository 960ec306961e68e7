import type {
  GuideView,
  PublicTable,
  RatingList,
  RatingView,
} from '../../../server/areas/ratings/contract.ts';
import { get, post } from './request.ts';

export interface Said {
  readonly level: number;
  readonly tags: readonly string[];
  readonly text: string;
}

/** My services of late, rated or not. */
export const loadRatings = (): Promise<RatingList> => get('/api/ratings');
export const loadRating = (id: string): Promise<RatingView> => get(`/api/ratings/${id}`);
export const rate = (id: string, said: Said): Promise<RatingView> => post(`/api/ratings/${id}`, said);
/** My word on the answer to a bad rating. */
export const followUp = (id: string, satisfied: boolean, text: string): Promise<RatingView> =>
  post(`/api/ratings/${id}/follow-up`, { satisfied, text });

/** A service of any channel, by the applicant's name and its number. */
export const findRating = (name: string, number: string): Promise<RatingView> =>
  post('/api/ratings/find', { name, number });
export const rateByNumber = (name: string, number: string, said: Said): Promise<RatingView> =>
  post('/api/ratings/by-number', { name, number, ...said });

export const loadPublicTable = (month?: string): Promise<PublicTable> =>
  get('/api/ratings/public', { month });

export const loadGuideRating = (matterId: string): Promise<GuideView> =>
  get(`/api/guide-ratings/${matterId}`);
export const rateGuide = (matterId: string, level: number): Promise<GuideView> =>
  post(`/api/guide-ratings/${matterId}`, { level });
