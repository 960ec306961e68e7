import { apiBase, sessionHeaders } from '../platform/channel';
import { type Answer, send, Unreachable } from '../platform/http.ts';
import { signIn } from '../platform/signIn';
import { recall } from '../platform/storage.ts';
import { noteHallTime } from '../state/hallTime.ts';
import { offline, readError, signInNeeded } from './apiError.ts';

type Query = Record<string, string | number | undefined>;

export const get = <T>(path: string, query: Query = {}): Promise<T> => ask<T>('GET', path + asQuery(query));
export const post = <T>(path: string, body: unknown = {}): Promise<T> => ask<T>('POST', path, body);
export const put = <T>(path: string, body: unknown): Promise<T> => ask<T>('PUT', path, body);

/**
 * One question to the hall. When it asks who we are, signs in and asks once more, unless the person signed out
 * on this device. Throws ApiError only.
 */
async function ask<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<T> {
  let answer = await carry(() => sendTo(method, path, body));
  if (answer.status === 401 && path !== '/api/sign-out') {
    if (recall('signedOut') !== undefined) throw signInNeeded();
    const signedIn = await carry(() => signIn());
    if (!signedIn) throw signInNeeded();
    answer = await carry(() => sendTo(method, path, body));
  }
  noteHallTime(answer.header('x-hall-time'));
  if (answer.status < 200 || answer.status > 299) throw readError(answer.status, answer.body);
  return answer.body as T;
}

function sendTo(method: 'GET' | 'POST' | 'PUT', path: string, body: unknown): Promise<Answer> {
  return send({ method, url: `${apiBase()}${path}`, headers: sessionHeaders(), body });
}

async function carry<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    if (thrown instanceof Unreachable) throw offline();
    throw thrown;
  }
}

function asQuery(query: Query): string {
  const parts = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
