import Taro from '@tarojs/taro';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly header: (name: string) => string | undefined;
}

/** The network did not carry the request: no connection, a refused one, or no answer in time. */
export class Unreachable extends Error {}

/** One request; every HTTP status is an answer. Throws only `Unreachable`. */
export async function send(input: {
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  headers: Record<string, string>;
  body?: unknown;
}): Promise<Answer> {
  try {
    const result = await Taro.request({
      url: input.url,
      method: input.method,
      header: { ...input.headers, 'content-type': 'application/json' },
      ...(input.method === 'GET' ? {} : { data: input.body ?? {} }),
      timeout: 15_000,
    });
    const headers = Object.entries((result.header ?? {}) as Record<string, string>);
    return {
      status: result.statusCode,
      body: result.data as unknown,
      header: (name) => headers.find(([key]) => key.toLowerCase() === name)?.[1],
    };
  } catch (thrown) {
    // On h5 Taro rejects with the response itself for some statuses; that is an answer, not silence.
    const answer = thrown as { status?: number; statusCode?: number; data?: unknown } | null;
    const status = answer?.statusCode ?? answer?.status;
    if (typeof status === 'number' && status > 0) {
      return { status, body: answer?.data, header: () => undefined };
    }
    throw new Unreachable('no answer', { cause: thrown });
  }
}
