import type {
  Counts,
  OrderAct,
  OrderList,
  OrderRow,
  RatingStatistics,
  StaffRating,
  StaffRatings,
} from '../../../areas/ratings/contract.ts';
import { type CallOptions, call, get, query } from './client.ts';

export type { Counts, OrderAct, OrderRow, RatingStatistics, StaffRating };

export type OrdersView = 'open' | 'appealed' | 'over';
export const findOrders = (view: OrdersView, options?: CallOptions): Promise<OrderList> =>
  get(`/api/staff/rating-orders${query({ view })}`, options);
export const actOnOrder = (id: string, act: OrderAct): Promise<OrderRow> =>
  call('POST', `/api/staff/rating-orders/${id}/act`, act);

export type RatingsView = 'all' | 'bad' | 'text';
export const findRatings = (
  view: RatingsView,
  before: string | null,
  options?: CallOptions,
): Promise<StaffRatings> => get(`/api/staff/ratings${query({ view, before })}`, options);
export const decideText = (id: string, show: boolean): Promise<StaffRating> =>
  call('POST', `/api/staff/ratings/${id}/text`, { show });

export interface StatisticsAsked {
  readonly from: string;
  readonly to: string;
  readonly department: string | null;
  readonly hall: string | null;
}
export const readStatistics = (asked: StatisticsAsked, options?: CallOptions): Promise<RatingStatistics> =>
  get(`/api/staff/statistics/ratings${query({ ...asked })}`, options);
/** Where the browser fetches the Excel file. */
export const statisticsFile = (asked: StatisticsAsked): string =>
  `/api/staff/statistics/ratings.xlsx${query({ ...asked })}`;
