/** Who came back from WeChat's web authorisation. */
export interface WebUser {
  readonly openid: string;
  /** Only some answers carry it; else ask the account's user information. */
  readonly unionid: string | null;
}

/** Sign-in of a page opened inside WeChat, by the official account (snsapi_base: the person is not asked). */
export interface WebAuthorisation {
  /** Where to send the browser. `state` comes back unchanged: at most 128 letters and digits. */
  address(redirectUri: string, state: string): string;
  /** Exchanges the code that came back: single use, 5 minutes. May throw a `WechatError`. */
  exchange(code: string): Promise<WebUser>;
}
