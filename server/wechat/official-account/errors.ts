/**
 * What to do about a refusal:
 * - `retry`: not our fault, try again later with back-off
 * - `slower`: too many calls this minute (45011)
 * - `quota`: the day's calls are used up (45009), again after midnight in Beijing
 * - `refresh`: the access token is dead; get a new one once
 * - `person`: this person cannot be reached this way
 * - `row`: this message is wrong
 * - `stop`: nothing of this kind will get through until somebody acts
 * - `duplicate`: it was accepted before (45065)
 * - `unknown`: no answer; it may have been done
 */
export type WechatErrorClass =
  | 'retry'
  | 'slower'
  | 'quota'
  | 'refresh'
  | 'person'
  | 'row'
  | 'stop'
  | 'duplicate'
  | 'unknown';

/** Meanings from WeChat's table of return codes; the reaction is ours. A code not listed is a `row` problem. */
const classes: Readonly<Record<number, WechatErrorClass>> = {
  [-1]: 'retry',
  43108: 'retry', // several messages to one person at once
  45066: 'retry', // the same clientmsgid again within a minute
  268487001: 'retry',
  268487002: 'retry',
  45011: 'slower',
  45009: 'quota',
  45028: 'quota', // no mass sends left
  40001: 'refresh',
  40014: 'refresh',
  42001: 'refresh',
  40003: 'person',
  43004: 'person',
  43019: 'person',
  43101: 'person',
  48002: 'person',
  50002: 'person',
  50005: 'person',
  45015: 'person', // outside the time in which we may answer
  45047: 'person', // answered too often
  47001: 'row',
  47003: 'row',
  41030: 'row',
  40013: 'stop',
  40036: 'stop',
  40037: 'stop',
  40125: 'stop',
  40164: 'stop',
  40243: 'stop',
  40249: 'stop',
  43107: 'stop',
  43116: 'stop',
  45168: 'stop',
  48001: 'stop',
  48004: 'stop',
  48021: 'stop',
  50001: 'stop',
  45065: 'duplicate',
};

export const classOf = (errcode: number): WechatErrorClass => classes[errcode] ?? 'row';

/** A refusal by WeChat, or no answer. Its text holds no token, no secret and no openid. */
export class WechatError extends Error {
  constructor(
    /** WeChat's number; null when there was no answer of WeChat's own. */
    readonly errcode: number | null,
    readonly kind: WechatErrorClass,
    /** The API path, without its query. */
    readonly path: string,
    message: string,
    /** WeChat's id of the call, for their support. */
    readonly rid: string | null = null,
    /** Further fields of the answer, e.g. the first `msg_id` with 45065. */
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${path}: ${message}`);
    this.name = 'WechatError';
  }
}
