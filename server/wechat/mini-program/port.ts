/** Who is behind a `wx.login` code. */
export interface ProgramUser {
  readonly openid: string;
  /** Null while the mini-program is not bound to the open-platform account. */
  readonly unionid: string | null;
}

/** What the hall needs of the mini-program's server side. Calls may throw a `WechatError`. */
export interface MiniProgramLogin {
  /** Exchanges a `wx.login` code: single use, 5 minutes. The session key never leaves this port: nothing here needs it. */
  exchange(code: string): Promise<ProgramUser>;
}
