import { z } from 'zod';

/** Real-name level of a person. Old naming L0–L3 = 二级–五级; booking needs 1 (L1). */
export const RealNameLevel = z.number().int().min(0).max(3);

export const PersonView = z.object({
  id: z.string(),
  /** Masked: 「王*明」; the nickname-free greeting of a person not real-named is 「微信用户」. */
  displayName: z.string(),
  phoneMasked: z.string().nullable(),
  idNumberMasked: z.string().nullable(),
  level: RealNameLevel,
  /** 「未实名」「三级（L1）」… */
  levelLabel: z.string(),
  /** A legal-person account: its enterprise's name and masked code. */
  enterprise: z.object({ name: z.string(), codeMasked: z.string() }).nullable(),
  /** Follows the official account, so template messages arrive. */
  follower: z.boolean(),
  seniorMode: z.boolean(),
});
export type PersonView = z.infer<typeof PersonView>;

/** `wx.login` code of the mini-program. */
export const MiniProgramSignIn = z.object({ code: z.string().min(1).max(128) });
export const SignedIn = z.object({ token: z.string(), person: PersonView });
export type SignedIn = z.infer<typeof SignedIn>;

/** `to` must be a path of the hall itself (`/h5/#/…`); anything else is refused, so that nobody is sent away. */
export const H5SignIn = z.object({ to: z.string().max(512).default('/h5/') });
export const OAuthCallback = z.object({
  code: z.string().min(1).max(512),
  state: z.string().min(1).max(128),
});
/** What comes back from the identity platform; no code when the person did not agree there. */
export const IdentityCallback = z.object({
  code: z.string().min(1).max(512).optional(),
  error: z.string().max(64).optional(),
  state: z.string().min(1).max(128),
});

/** Where real-name sign-in comes back to. */
export const IdentityStart = z.object({ returnTo: z.string().max(512) });
export const IdentityStarted = z.object({ url: z.string() });
/** One-off code handed over by the province's mini-program (1.1). */
export const IdentityOneOff = z.object({ code: z.string().min(1).max(512) });

export const PreferencesPatch = z.object({ seniorMode: z.boolean() });

export const peopleErrors = {
  codeInvalid: { id: 'people.code_invalid', status: 401, message: '微信登录凭证已失效，请重新进入后再试。' },
  wechatDown: { id: 'people.wechat_down', status: 503, message: '微信暂时没有回应，请稍等片刻再试。' },
  stateInvalid: { id: 'people.state_invalid', status: 400, message: '登录请求已过期，请返回后重新登录。' },
  returnRefused: {
    id: 'people.return_refused',
    status: 400,
    message: '跳转地址不正确，请从公众号菜单重新进入。',
  },
  identityDown: {
    id: 'people.identity_down',
    status: 503,
    message: '统一身份认证平台暂时无法访问，您可以先浏览办事指南，稍后再认证。',
  },
  identityCodeUsed: {
    id: 'people.identity_code_used',
    status: 400,
    message: '本次认证已失效，请重新发起实名认证。',
  },
  identityFrozen: {
    id: 'people.identity_frozen',
    status: 403,
    message: '您的统一身份账号已被冻结，请联系 12345 处理。',
  },
  identityNotPersonal: {
    id: 'people.identity_not_personal',
    status: 403,
    message: '这里需要用个人账号认证，请切换为个人账号后再试。',
  },
  identityOther: {
    id: 'people.identity_other',
    status: 409,
    message: '这个微信已绑定另一个实名身份，请先在「我的」里解除绑定，再认证新的身份。',
  },
} as const;
