import type { AppealKind, AppealStep, Satisfaction } from './port.ts';

/** The platform's status codes [I: agreed with the stand-in]; a code that is not here is `unknown` and kept as it came. */
const steps: Readonly<Record<number, Exclude<AppealStep, 'unknown'>>> = {
  10: 'pending',
  20: 'accepted',
  30: 'assigned',
  35: 'signedFor',
  40: 'handling',
  45: 'extensionAsked',
  50: 'answered',
  60: 'followUp',
  70: 'closed',
  80: 'refused',
  90: 'merged',
  95: 'redo',
};

export const stepOf = (status: number): AppealStep => steps[status] ?? 'unknown';

const words: Readonly<Record<Exclude<AppealStep, 'unknown'>, string>> = {
  pending: '待受理',
  accepted: '已受理',
  assigned: '已转办',
  signedFor: '单位已签收',
  handling: '办理中',
  extensionAsked: '申请延期',
  answered: '已答复，待审核',
  followUp: '已办结，待回访',
  closed: '已办结',
  refused: '不予受理',
  merged: '已合并办理',
  redo: '重新办理',
};

/** What a citizen reads. A code we do not know is shown as one, so that nobody is told something wrong. */
export const wordsOf = ({ step, status }: { readonly step: AppealStep; readonly status: number }): string =>
  step === 'unknown' ? `办理中（状态 ${status}）` : words[step];

export const kindCodes: Readonly<Record<AppealKind, string>> = {
  question: '1',
  help: '2',
  complaint: '3',
  report: '4',
  suggestion: '5',
};

export const kindOf = (code: string | null): AppealKind | null =>
  (Object.keys(kindCodes) as AppealKind[]).find((kind) => kindCodes[kind] === code) ?? null;

export const satisfactionCodes: Readonly<Record<Satisfaction, string>> = {
  satisfied: '1',
  mostly: '2',
  dissatisfied: '3',
};
