/** How an error looks in an area's `contract.ts`: a stable id, the HTTP status, and what the citizen is told. */
export interface ErrorEntry {
  readonly id: string;
  readonly status: number;
  /** Simplified Chinese, second person, says what to do next. */
  readonly message: string;
}

/** The one way an area says no. Anything else that is thrown is a fault and answers 500 `hall.fault`. */
export class HallError extends Error {
  readonly id: string;
  readonly status: number;
  /** Machine-readable facts for the client, e.g. the first free slot; never personal data. */
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(
    entry: ErrorEntry,
    options: { message?: string; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(options.message ?? entry.message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'HallError';
    this.id = entry.id;
    this.status = entry.status;
    this.details = options.details;
  }
}

/** Errors of the building itself, not of one area. */
export const hallErrors = {
  fault: {
    id: 'hall.fault',
    status: 500,
    message: '系统出了点问题，请稍后再试；如果一直不行，请把下方编号告诉工作人员。',
  },
  busy: { id: 'hall.busy', status: 503, message: '现在办理的人较多，请稍后再试。' },
  notFound: { id: 'hall.not_found', status: 404, message: '没有找到您要的内容，可能已被移除。' },
  methodNotAllowed: { id: 'hall.method_not_allowed', status: 405, message: '不支持这样的操作。' },
  badInput: { id: 'hall.bad_input', status: 400, message: '填写的内容有误，请检查后再提交。' },
  tooLarge: { id: 'hall.too_large', status: 413, message: '提交的内容过大，请减少后再试。' },
  tooMany: { id: 'hall.too_many', status: 429, message: '操作太频繁了，请稍等片刻再试。' },
  signInNeeded: { id: 'hall.sign_in_needed', status: 401, message: '登录已失效，请重新登录。' },
  forbidden: { id: 'hall.forbidden', status: 403, message: '您没有办理这项操作的权限。' },
  levelTooLow: {
    id: 'hall.level_too_low',
    status: 403,
    message: '这项服务需要先完成实名认证，请到「我的」里认证后再办理。',
  },
} as const satisfies Record<string, ErrorEntry>;
