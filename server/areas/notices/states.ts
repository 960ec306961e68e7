import type { NoticeState } from './model.ts';

/** Every edge there is, from → to, with what causes it. */
export const noticeEdges = {
  created: { sending: 'claimed' },
  sending: {
    created: 'put off or to be tried again',
    sending: 'taken over from a worker that died',
    sent: 'accepted by WeChat',
    failed: 'refused for good',
    unknown: 'perhaps sent, and not to be repeated',
    unreachable: 'no channel is open',
    expired: 'too old to be of use',
    optedOut: 'the person does not want this kind',
  },
  sent: { delivered: 'receipt', refused: 'receipt: blocked by the person', failed: 'receipt: failed' },
  unknown: {
    delivered: 'receipt',
    refused: 'receipt: blocked by the person',
    failed: 'receipt: failed',
    created: 'resent by staff',
  },
  failed: { created: 'resent by staff' },
  unreachable: { created: 'resent by staff' },
  expired: { created: 'resent by staff' },
  refused: {},
  delivered: {},
  optedOut: {},
} as const satisfies Record<NoticeState, Partial<Record<NoticeState, string>>>;

/** Throws for an edge that is not in the graph. */
export function requireEdge(from: NoticeState, to: NoticeState): void {
  if (!(to in noticeEdges[from])) throw new Error(`a notice never goes from ${from} to ${to}`);
}

/** The states from which `to` can be reached: the filter of a conditional write. */
export function sourcesOf(to: NoticeState): NoticeState[] {
  return (Object.keys(noticeEdges) as NoticeState[]).filter((from) => to in noticeEdges[from]);
}
