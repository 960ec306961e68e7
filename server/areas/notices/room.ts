import type { Clock } from '../../kernel/clock.ts';
import type { SubscriptionMessages } from '../../wechat/mini-program/subscriptionMessages.ts';
import type { OfficialAccount } from '../../wechat/official-account/port.ts';
import type { AccountTemplates } from './accountTemplates.ts';
import type { NoticeSettings } from './settings.ts';

/** What a notice needs to know of a person; `Person` of the people area fits. */
export interface Addressee {
  readonly id: string;
  readonly phone: string | null;
  readonly follower: boolean;
  readonly openids: {
    readonly officialAccount?: string | undefined;
    readonly miniProgram?: string | undefined;
  };
}

/** The mini-program's subscription messages: where its templates are, and the call. */
export interface SubscriptionChannel {
  readonly templates: AccountTemplates;
  readonly messages: SubscriptionMessages;
}

/** Throws a `WechatError` of the class that says what to do. The provider does not dedupe: `unknown` is never repeated. */
export interface SmsSender {
  send(message: {
    readonly id: string;
    readonly phone: string;
    readonly templateId: string;
    readonly params: readonly string[];
  }): Promise<unknown>;
}

/** What the notices area needs from the building. */
export interface NoticesRoom {
  readonly clock: Clock;
  readonly account: OfficialAccount;
  readonly templates: AccountTemplates;
  readonly settings: NoticeSettings;
  readonly findPerson: (personId: string) => Promise<Addressee | null>;
  /** WeChat told us that this openid does or does not follow the account. */
  readonly setFollower: (openid: string, follows: boolean) => Promise<void>;
  readonly subscription: SubscriptionChannel | null;
  readonly sms: SmsSender | null;
  /** How long a claimed notice belongs to its worker. */
  readonly leaseMs?: number;
  readonly pollMs?: number;
  /** Sends at once. */
  readonly concurrency?: number;
}
