import type {
  AgentDecision,
  AgentList,
  AgentRequest,
  AgentRow,
  AuthorisationView,
  PaperList,
  PaperRequest,
} from '../../../areas/proxies/contract.ts';
import { type CallOptions, call, get, query } from './client.ts';

export type { AgentRow, AuthorisationView };

/** Paper authorisations, newest first; one by its number. */
export const findPapers = (q: string, options?: CallOptions): Promise<PaperList> =>
  get(`/api/staff/authorisations${query({ q })}`, options);
export const recordPaper = (paper: (typeof PaperRequest)['_input']): Promise<AuthorisationView> =>
  call('POST', '/api/staff/authorisations', paper);
export const revokePaper = (id: string, reason: string): Promise<AuthorisationView> =>
  call('POST', `/api/staff/authorisations/${id}/revoke`, { reason });

export const findAgents = (options?: CallOptions): Promise<AgentList> =>
  get('/api/staff/firm-agents', options);
export const proposeAgent = (asked: (typeof AgentRequest)['_input']): Promise<AgentRow> =>
  call('POST', '/api/staff/firm-agents', asked);
export const removeAgent = (id: string, reason: string): Promise<AgentRow> =>
  call('POST', `/api/staff/firm-agents/${id}/remove`, { reason });
export const decideAgent = (id: string, decision: (typeof AgentDecision)['_input']): Promise<AgentRow> =>
  call('POST', `/api/staff/firm-agents/${id}/decide`, decision);
