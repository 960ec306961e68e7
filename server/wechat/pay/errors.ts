/**
 * What to do about a refusal of WeChat Pay:
 * - `retry`: not carried out, try again later with the same numbers
 * - `slower`: the same, after a longer pause (429)
 * - `unknown`: no answer, or one whose signature does not hold; it may have been done, so ask before anything else
 * - `paid`: the order is paid already
 * - `closed`: the order is closed; a new number is needed
 * - `absent`: there is no such order or refund
 * - `refused`: this request will never be accepted
 * - `stop`: nothing of this merchant will be accepted until somebody acts (keys, rights, account)
 */
export type PayErrorKind = 'retry' | 'slower' | 'unknown' | 'paid' | 'closed' | 'absent' | 'refused' | 'stop';

/** Codes from WeChat Pay v3's error tables; both spellings of some of them are in use. */
const kinds: Readonly<Record<string, PayErrorKind>> = {
  SYSTEM_ERROR: 'unknown',
  SYSTEMERROR: 'unknown',
  BANK_ERROR: 'unknown',
  USERPAYING: 'unknown',
  FREQUENCY_LIMITED: 'slower',
  RATELIMIT_EXCEEDED: 'slower',
  FREQUENCY_LIMIT: 'slower',
  ORDER_PAID: 'paid',
  ORDERPAID: 'paid',
  ORDER_CLOSED: 'closed',
  ORDERCLOSED: 'closed',
  ORDER_NOT_EXIST: 'absent',
  ORDERNOTEXIST: 'absent',
  RESOURCE_NOT_EXISTS: 'absent',
  NO_STATEMENT_EXIST: 'absent',
  PARAM_ERROR: 'refused',
  INVALID_REQUEST: 'refused',
  OUT_TRADE_NO_USED: 'refused',
  TRADE_ERROR: 'refused',
  RULE_LIMIT: 'refused',
  RULELIMIT: 'refused',
  OPENID_MISMATCH: 'refused',
  INVALID_TRANSACTIONID: 'refused',
  NOT_ENOUGH: 'retry', // the merchant's balance does not cover the refund today
  SIGN_ERROR: 'stop',
  APPID_MCHID_NOT_MATCH: 'stop',
  MCH_NOT_EXISTS: 'stop',
  NO_AUTH: 'stop',
  NOAUTH: 'stop',
  ACCOUNT_ERROR: 'stop',
};

/** The reaction to an answer of WeChat Pay, by its code; a code that is not known counts by its HTTP status. */
export function kindOf(status: number, code: string): PayErrorKind {
  return Object.hasOwn(kinds, code) ? kinds[code]! : status >= 500 ? 'unknown' : 'refused';
}

/** Carries neither keys nor the payer: it may be logged. */
export class PayError extends Error {
  override readonly name = 'PayError';
  constructor(
    readonly kind: PayErrorKind,
    readonly code: string,
    /** What was asked, without numbers of orders. */
    readonly operation: string,
    readonly status: number | null = null,
  ) {
    super(`${operation}: ${code}${status === null ? '' : ` (HTTP ${status})`}`);
  }
}
