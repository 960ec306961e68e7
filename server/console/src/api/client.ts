import { noteHallTime } from './hallTime.ts';

/** What the server says when it says no: a sentence for people, and ids to find it in the logs. */
export class ApiError extends Error {
  constructor(
    readonly id: string,
    message: string,
    readonly status: number,
    readonly requestId: string | null,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

type Listener = () => void;
const signedOut = new Set<Listener>();
/** Calls back when the server no longer knows the session. */
export function onSignedOut(listener: Listener): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** The page asks by itself: this does not keep the session awake. */
  readonly background?: boolean;
  /** Of a page that proves itself otherwise than by a session. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One call to the server: JSON in, JSON out, every failure an ApiError with a Chinese message. */
export async function call<T>(
  method: string,
  path: string,
  body?: unknown,
  options: CallOptions = {},
): Promise<T> {
  return answered(path, options, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.background ? { 'x-hall-background': '1' } : {}),
      ...options.headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  });
}

/** Sends a file as it is; the answer is JSON as ever. */
export const sendFile = <T>(path: string, file: Blob): Promise<T> =>
  answered(path, {}, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file });

async function answered<T>(path: string, options: CallOptions, init: RequestInit): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(path, init);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError('console.offline', '连接不上服务器，请检查网络后再试。', 0, null);
  }
  noteHallTime(answer.headers.get('x-hall-time'));
  if (answer.status === 204) return undefined as T;
  const data: unknown = await answer.json().catch(() => null);
  if (answer.ok && data !== null) return data as T;
  const error = failureOf(data, answer);
  if (error.id === 'hall.sign_in_needed') for (const listener of signedOut) listener();
  throw error;
}

function failureOf(data: unknown, answer: Response): ApiError {
  const requestId = answer.headers.get('x-request-id');
  const said = (data as { error?: { id?: unknown; message?: unknown } } | null)?.error;
  if (typeof said?.id === 'string' && typeof said.message === 'string') {
    return new ApiError(said.id, said.message, answer.status, requestId);
  }
  return new ApiError('console.no_answer', '服务器没有正常答复，请稍后再试。', answer.status, requestId);
}

export const get = <T>(path: string, options?: CallOptions): Promise<T> =>
  call<T>('GET', path, undefined, options);

/** `?a=1&b=2` without what is empty. */
export function query(values: Readonly<Record<string, string | number | null | undefined>>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
