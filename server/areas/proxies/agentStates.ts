import type { AgentState } from './contract.ts';

/** What a second person decides, and where each answer leads. */
export const decisions: Readonly<
  Partial<Record<AgentState, { readonly agree: AgentState; readonly refuse: AgentState }>>
> = {
  proposed: { agree: 'active', refuse: 'refused' },
  removalProposed: { agree: 'removed', refuse: 'active' },
};

export const isListed = (state: AgentState): boolean => state !== 'removed' && state !== 'refused';

export const agentLabels: Readonly<Record<AgentState, string>> = {
  proposed: '待复核',
  active: '在名单里',
  removalProposed: '待复核移出',
  removed: '已移出',
  refused: '未通过',
};

export const eventLabels: Readonly<Record<string, string>> = {
  propose: '提出加入',
  proposeRemoval: '提出移出',
  agree: '复核同意',
  refuse: '复核不同意',
};
