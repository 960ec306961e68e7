import type { BroadcastState } from './contract.ts';

export type StaffAct = 'edit' | 'submit' | 'approve' | 'reject' | 'pause' | 'resume' | 'stop';
export type RunnerAct = 'start' | 'finish' | 'fail' | 'halt';
export type BroadcastAction = StaffAct | RunnerAct;

/** The graph: from state, by act, to state. What is not here cannot happen. */
export const broadcastEdges: Readonly<
  Record<BroadcastState, Readonly<Partial<Record<BroadcastAction, BroadcastState>>>>
> = {
  draft: { edit: 'draft', submit: 'submitted' },
  submitted: { edit: 'draft', approve: 'approved', reject: 'rejected' },
  rejected: { edit: 'draft' },
  approved: { edit: 'draft', start: 'sending', stop: 'stopped' },
  sending: { pause: 'paused', halt: 'paused', stop: 'stopped', finish: 'sent', fail: 'failed' },
  paused: { resume: 'sending', stop: 'stopped' },
  sent: {},
  stopped: {},
  failed: {},
};

export const stateLabels: Readonly<Record<BroadcastState, string>> = {
  draft: '草稿',
  submitted: '待审批',
  rejected: '已退回',
  approved: '已批准，待发送',
  sending: '发送中',
  paused: '已暂停',
  sent: '已发完',
  stopped: '已停止',
  failed: '发送失败',
};

export const actLabels: Readonly<Record<BroadcastAction | 'create' | 'testSend', string>> = {
  create: '新建',
  edit: '修改',
  submit: '提交审批',
  approve: '批准',
  reject: '退回',
  pause: '暂停',
  resume: '继续',
  stop: '停止',
  testSend: '发给自己预览',
  start: '开始发送',
  finish: '发送完成',
  fail: '发送失败',
  halt: '自动暂停',
};

/** The state an act leads to, or null when it is not allowed now. */
export const after = (state: BroadcastState, act: BroadcastAction): BroadcastState | null =>
  broadcastEdges[state][act] ?? null;
