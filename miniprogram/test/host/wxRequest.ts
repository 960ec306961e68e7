import type { WxOptions } from './wxCall.ts';

/** `wx.request` through Node's fetch: from the bundle to the real server. */
export async function request(options: WxOptions): Promise<object> {
  const method = String(options['method'] ?? 'GET').toUpperCase();
  const url = new URL(String(options['url']));
  const { data } = options;
  const inQuery = method === 'GET' && data !== null && typeof data === 'object';
  if (inQuery) {
    for (const [name, value] of Object.entries(data)) url.searchParams.append(name, String(value));
  }
  const hasBody = method !== 'GET' && data !== undefined && data !== null;
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...(options['header'] as Record<string, string>) },
    signal: AbortSignal.timeout(Number(options['timeout'] ?? 60_000)),
    ...(hasBody ? { body: typeof data === 'string' ? data : JSON.stringify(data) } : {}),
  }).catch((thrown: Error & { cause?: { code?: string } }) => {
    throw new Error(thrown.cause?.code ?? thrown.message);
  });
  const text = await response.text();
  return {
    data: (options['dataType'] ?? 'json') === 'json' ? parsed(text) : text,
    statusCode: response.status,
    header: Object.fromEntries(response.headers),
    cookies: [],
  };
}

/** WeChat hands over the text itself when it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
