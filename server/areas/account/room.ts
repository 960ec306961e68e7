import type { Clock } from '../../kernel/clock.ts';
import type { OfficialAccount } from '../../wechat/official-account/port.ts';
import type { KnownPerson, Lookup } from './lookup.ts';

/** What the account area needs from the building. */
export interface AccountRoom {
  readonly clock: Clock;
  readonly account: OfficialAccount;
  readonly miniProgramAppid: string;
  /** Address of the hall, no trailing slash. */
  readonly publicUrl: string;
  readonly lookups: readonly Lookup[];
  readonly findByOpenid: (openid: string) => Promise<KnownPerson | null>;
  readonly findPeople: (
    ids: readonly string[],
  ) => Promise<readonly { id: string; openids: { officialAccount?: string | undefined } }[]>;
  /** An openid of the account follows it, or does not any more. */
  readonly setFollower: (openid: string, follows: boolean) => Promise<void>;
  /** WeChat names the unionid of a follower: ties the openid to the person with that unionid. */
  readonly tieFollower: (openid: string, unionid: string) => Promise<void>;
}
