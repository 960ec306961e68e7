import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Options of wx.request and wx.uploadFile as the bundle gives them. */
export interface RequestOptions {
  url: string;
  method?: string;
  data?: unknown;
  header?: Record<string, string>;
  dataType?: string;
  timeout?: number;
  filePath?: string;
  name?: string;
  formData?: Record<string, string>;
}

export interface RequestResult {
  data: unknown;
  statusCode: number;
  header: Record<string, string>;
  cookies: string[];
}

/** wx.request over the machine's real network: the bundle talks to the real server. */
export async function request(options: RequestOptions): Promise<RequestResult> {
  const url = new URL(options.url);
  const method = (options.method ?? 'GET').toUpperCase();
  const { data } = options;
  if (method === 'GET' && data && typeof data === 'object') {
    for (const [key, value] of Object.entries(data)) url.searchParams.append(key, String(value));
  }
  const body =
    method === 'GET' || data == null ? undefined : typeof data === 'string' ? data : JSON.stringify(data);
  return send(url, method, { 'content-type': 'application/json', ...options.header }, body, options);
}

/** wx.uploadFile: one file of this machine as multipart form data. */
export async function upload(options: RequestOptions): Promise<RequestResult> {
  const form = new FormData();
  for (const [key, value] of Object.entries(options.formData ?? {})) form.append(key, value);
  form.append(
    options.name ?? 'file',
    new Blob([readFileSync(options.filePath!)]),
    path.basename(options.filePath!),
  );
  return send(new URL(options.url), 'POST', options.header ?? {}, form, { ...options, dataType: 'text' });
}

async function send(
  url: URL,
  method: string,
  headers: Record<string, string>,
  body: string | FormData | undefined,
  options: RequestOptions,
): Promise<RequestResult> {
  const response = await fetch(url, {
    method,
    headers,
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(options.timeout ?? 60_000),
  }).catch((error: Error & { cause?: { code?: string } }) => {
    throw new Error(error.cause?.code ?? error.message);
  });
  const text = await response.text();
  return {
    data: (options.dataType ?? 'json') === 'json' ? jsonOr(text) : text,
    statusCode: response.status,
    header: Object.fromEntries(response.headers),
    cookies: response.headers.getSetCookie(),
  };
}

/** As WeChat does: what is not JSON stays text. */
function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
