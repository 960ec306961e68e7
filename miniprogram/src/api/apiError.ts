/** A "no" of the hall, or silence. The message is meant for the citizen. */
export class ApiError extends Error {
  readonly id: string;
  readonly requestId: string | null;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(input: {
    id: string;
    message: string;
    requestId?: string | null;
    details?: Record<string, unknown>;
  }) {
    super(input.message);
    this.name = 'ApiError';
    this.id = input.id;
    this.requestId = input.requestId ?? null;
    this.details = input.details ?? {};
  }

  get offline(): boolean {
    return this.id === 'client.offline';
  }

  get signInNeeded(): boolean {
    return this.id === 'hall.sign_in_needed';
  }

  get notFound(): boolean {
    return this.id.endsWith('.not_found');
  }

  /** What a person reads out on the phone: 「booking.slot_full · 3f2a9c1b」. */
  get reference(): string {
    return this.requestId === null ? this.id : `${this.id} · ${this.requestId.slice(0, 8)}`;
  }
}

export const offline = (): ApiError =>
  new ApiError({ id: 'client.offline', message: '连不上办事大厅，请检查网络后再试。' });

export const signInNeeded = (): ApiError =>
  new ApiError({ id: 'hall.sign_in_needed', message: '登录后才能查看这里的内容。' });

/** Anything thrown, as an ApiError; a fault of our own code keeps its cause for the console. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  console.error(thrown);
  return new ApiError({ id: 'client.fault', message: '页面出了点问题，请返回后再试。' });
}

/** Reads `{error:{id,message,requestId,details}}`; a stranger's answer (a proxy's page) becomes `client.bad_answer`. */
export function readError(status: number, body: unknown): ApiError {
  const error = (body as { error?: Record<string, unknown> } | null)?.error;
  if (typeof error?.['id'] === 'string' && typeof error['message'] === 'string') {
    return new ApiError({
      id: error['id'],
      message: error['message'],
      requestId: typeof error['requestId'] === 'string' ? error['requestId'] : null,
      details: (error['details'] as Record<string, unknown> | undefined) ?? {},
    });
  }
  return new ApiError({
    id: `client.bad_answer_${status}`,
    message: '办事大厅暂时没有正常应答，请稍后再试。',
  });
}
