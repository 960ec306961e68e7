import { z } from 'zod';

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Id = z.string().regex(/^[0-9A-Z]{26}$/);
const Matters = z.array(z.string().max(40)).max(10);

/** asked → active → revoked; an active one ends by itself after `validUntil`. */
export const AuthorisationState = z.enum(['asked', 'active', 'ended', 'revoked']);
export type AuthorisationState = z.infer<typeof AuthorisationState>;

export const AuthorisationView = z.object({
  id: Id,
  kind: z.enum(['code', 'paper']),
  state: AuthorisationState,
  stateLabel: z.string(),
  /** Who books; masked. */
  agent: z.string(),
  /** Who is served; masked. Null while nobody has confirmed. */
  principal: z.string().nullable(),
  /** Empty: all matters. */
  matters: z.array(z.object({ id: z.string(), name: z.string() })),
  validUntil: Day,
  /** Of a paper authorisation. */
  paperNumber: z.string().nullable(),
  createdAt: z.string(),
});
export type AuthorisationView = z.infer<typeof AuthorisationView>;

/** All of a person's: those by which they book for others, and those they have given. */
export const AuthorisationList = z.object({
  held: z.array(AuthorisationView),
  given: z.array(AuthorisationView),
  /** Enterprises for which the person is on the list of agents. */
  firms: z.array(z.object({ id: Id, name: z.string() })),
  /** How long one may be asked for, in days. */
  longestDays: z.number(),
});
export type AuthorisationList = z.infer<typeof AuthorisationList>;

export const AskRequest = z.object({ days: z.number().int().min(1).max(366), matters: Matters.default([]) });
/** The code is shown once; the other types it into their own phone. */
export const Asked = z.object({ authorisation: AuthorisationView, code: z.string(), codeUntil: z.string() });
export type Asked = z.infer<typeof Asked>;
export const CodeRequest = z.object({ code: z.string().regex(/^\d{8}$/) });
export const AuthorisationParams = z.object({ id: Id });

/** What a member of staff has on the table: the paper, and both identity cards. */
export const PaperRequest = z.object({
  paperNumber: z.string().trim().min(3).max(40),
  agentIdNumber: z.string().trim().min(8).max(20),
  principalName: z.string().trim().min(2).max(40),
  principalIdNumber: z.string().trim().min(8).max(20),
  validUntil: Day,
  matters: Matters.default([]),
});
export const PaperQuery = z.object({ q: z.string().max(40).optional() });
export const PaperList = z.object({ authorisations: z.array(AuthorisationView) });
export type PaperList = z.infer<typeof PaperList>;
export const RevokeRequest = z.object({ reason: z.string().trim().min(2).max(100) });

/** proposed → active → removalProposed → removed; a refused proposal is refused, a refused removal active again. */
export const AgentState = z.enum(['proposed', 'active', 'removalProposed', 'removed', 'refused']);
export type AgentState = z.infer<typeof AgentState>;
export const AgentRow = z.object({
  id: Id,
  person: z.string(),
  phone: z.string().nullable(),
  firm: z.object({ name: z.string(), code: z.string() }),
  state: AgentState,
  stateLabel: z.string(),
  /** Why it was proposed, last. */
  reason: z.string(),
  proposedBy: z.string(),
  /** True: somebody else has to decide it. */
  ownProposal: z.boolean(),
  history: z.array(
    z.object({ at: z.string(), who: z.string(), what: z.string(), why: z.string().nullable() }),
  ),
});
export type AgentRow = z.infer<typeof AgentRow>;
export const AgentList = z.object({ agents: z.array(AgentRow) });
export type AgentList = z.infer<typeof AgentList>;
export const AgentRequest = z.object({
  phone: z.string().regex(/^1\d{10}$/),
  firmName: z.string().trim().min(2).max(60),
  firmCode: z.string().regex(/^[0-9A-Z]{18}$/),
  reason: z.string().trim().min(2).max(100),
});
export const AgentDecision = z.object({ agree: z.boolean(), why: z.string().trim().max(100).default('') });

export const proxiesErrors = {
  notReaching: {
    id: 'proxies.not_reaching',
    status: 403,
    message: '这份授权已失效，或不包括这个事项，请让对方重新授权。',
  },
  codeUnknown: {
    id: 'proxies.code_unknown',
    status: 404,
    message: '授权码不对或已过期，请向对方核对，或请对方重新发起。',
  },
  yourself: { id: 'proxies.yourself', status: 409, message: '不能授权给自己，请让对方在他的手机上操作。' },
  tooMany: {
    id: 'proxies.too_many',
    status: 409,
    message: '代办的人数已达上限，请先解除一份授权。',
  },
  unknown: { id: 'proxies.unknown', status: 404, message: '没有找到这份授权。' },
  badIdNumber: { id: 'proxies.bad_id_number', status: 400, message: '身份证号码不对，请核对后再填。' },
  badDay: { id: 'proxies.bad_day', status: 400, message: '有效期不对：要在今天之后，且不超过最长期限。' },
  noAccount: {
    id: 'proxies.no_account',
    status: 404,
    message: '代办人还没有在本大厅实名认证，请先在微信里认证。',
  },
  paperKnown: { id: 'proxies.paper_known', status: 409, message: '这个授权书编号已经登记过。' },
  badFirmCode: { id: 'proxies.bad_firm_code', status: 400, message: '统一社会信用代码不对，请核对后再填。' },
  agentKnown: {
    id: 'proxies.agent_known',
    status: 409,
    message: '这个人已在该企业的名单里，或正在等待复核。',
  },
  agentUnknown: { id: 'proxies.agent_unknown', status: 404, message: '名单里没有这个人。' },
  agentChanged: { id: 'proxies.agent_changed', status: 409, message: '这一条刚被别人处理过，请刷新后再看。' },
  ownProposal: { id: 'proxies.own_proposal', status: 403, message: '自己提出的，要由另一位同事复核。' },
} as const;
