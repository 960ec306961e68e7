import type { IdentityPlatform } from '../../government/identity/port.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { MiniProgramLogin } from '../../wechat/mini-program/port.ts';
import type { WebAuthorisation } from '../../wechat/oauth/port.ts';

/** What the people area needs from the building. */
export interface PeopleRoom {
  readonly clock: Clock;
  /** How citizens' browsers reach the hall, without a slash at the end. */
  readonly publicUrl: string;
  /** True behind https: cookies are then never sent in the clear. */
  readonly secureCookie: boolean;
  readonly miniProgram: MiniProgramLogin;
  readonly webAuthorisation: WebAuthorisation;
  /** `user/info` of the official account; `OfficialAccount` fits. */
  readonly account: {
    people(
      openids: readonly string[],
    ): Promise<readonly { readonly follows: boolean; readonly unionid: string | null }[]>;
  };
  readonly identity: IdentityPlatform;
}
