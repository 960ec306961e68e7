import type { Clock } from '../../kernel/clock.ts';
import type { FollowerPage, OfficialAccount } from '../../wechat/official-account/port.ts';
import type { AccountTemplates } from '../notices/accountTemplates.ts';
import type { NoticeSettings } from '../notices/settings.ts';

/** What the broadcasts area needs from the building. */
export interface BroadcastsRoom {
  readonly clock: Clock;
  /** A client with sockets of its own, so that single notices never queue behind a broadcast. */
  readonly account: OfficialAccount;
  readonly templates: AccountTemplates;
  /** Openids of followers who booked a matter, in pages; `after` is the last page's `next`. */
  readonly applicants: (
    audience: { readonly matterId: string; readonly days: number },
    after: string | null,
  ) => Promise<FollowerPage>;
  readonly settings: Pick<
    NoticeSettings,
    'personalReserve' | 'haltBroadcastAt' | 'keepListsDays' | 'broadcastsAtOnce'
  >;
  /** Calls at once; 100 where WeChat's rate allows it. */
  readonly concurrency?: number;
  /** How long claimed receivers, and the right to run broadcasts, belong to a process that has died. */
  readonly leaseMs?: number;
  readonly pollMs?: number;
}
