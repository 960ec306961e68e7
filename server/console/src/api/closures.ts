import type {
  AppealDecision,
  AppealList,
  AppealRow as AppealRowShape,
  CloseRequest,
  ClosureView,
} from '../../../areas/booking/contract.ts';
import { type CallOptions, call, get, query } from './client.ts';

export type { ClosureView };
export type Closing = (typeof CloseRequest)['_output'];
export type AppealRow = (typeof AppealRowShape)['_output'];
export type AppealState = AppealRow['state'];

/** Whom a closure would hit; changes nothing. */
export const previewClosure = (closing: Closing): Promise<ClosureView> =>
  call('POST', '/api/staff/closures/preview', closing);
export const closeHall = (closing: Closing): Promise<ClosureView> =>
  call('POST', '/api/staff/closures', closing);

export const findAppeals = (state: AppealState, options?: CallOptions): Promise<AppealList> =>
  get(`/api/staff/appeals${query({ state })}`, options);
export const decideAppeal = (id: string, decision: (typeof AppealDecision)['_output']): Promise<void> =>
  call('POST', `/api/staff/appeals/${id}/decide`, decision);
