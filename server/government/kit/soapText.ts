import { type Client, createClientAsync, type IExOptions, type IHeaders, type IHttpClient } from 'soap';
import { type Encoding, encodeText } from './encoding.ts';
import { GovernmentError } from './governmentError.ts';
import { GovernmentHttp } from './http.ts';

export interface SoapTextOptions {
  readonly system: string;
  /** A local file: a peer that is down must not keep us from starting. */
  readonly wsdl: string;
  /** Where the service is. */
  readonly endpoint: string;
  /** What the peer reads; it writes what it likes. */
  readonly encoding: Encoding;
}

/** A SOAP service whose operations take and give one text, usually XML inside XML. */
export interface SoapText {
  /** Throws GovernmentError: `down` for silence and for a fault that is no answer, `refused` for a fault in the peer's words. */
  call(operation: string, args: Readonly<Record<string, string>>, signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

/** The library's client over our transport: any encoding in both directions, our time limit, nothing fetched at start. */
export async function connectSoapText(options: SoapTextOptions): Promise<SoapText> {
  const { system, endpoint, encoding } = options;
  const http = new GovernmentHttp(system, new URL(endpoint).origin);
  const signals = new Map<string, AbortSignal>();
  const client = await createClientAsync(options.wsdl, {
    httpClient: transport(http, encoding, signals),
    endpoint,
    disableCache: true,
  });
  return {
    async call(operation, args, signal) {
      // The library hands headers through to the transport; the mark leads there to this call's signal and goes no further.
      const mark = `${operation}-${++calls}`;
      signals.set(mark, signal);
      try {
        const method = (client as unknown as Record<string, SoapMethod>)[`${operation}Async`];
        if (!method) throw new Error(`the WSDL of ${system} has no operation ${operation}`);
        const [result] = await method.call(client, args, {}, { [markHeader]: mark });
        return textOf(system, result);
      } catch (error) {
        throw explained(system, error);
      } finally {
        signals.delete(mark);
      }
    },
    close: () => http.close(),
  };
}

type SoapMethod = (
  this: Client,
  args: Readonly<Record<string, string>>,
  options: object,
  headers: Record<string, string>,
) => Promise<[unknown, ...unknown[]]>;

const markHeader = 'x-hall-call';
let calls = 0;

function transport(
  http: GovernmentHttp,
  encoding: Encoding,
  signals: ReadonlyMap<string, AbortSignal>,
): IHttpClient {
  const label = encoding === 'utf-8' ? 'utf-8' : encoding.toUpperCase();
  return {
    request(
      url: string,
      data: unknown,
      done: (error: unknown, response?: unknown, body?: unknown) => void,
      headers: IHeaders = {},
      _options?: IExOptions,
    ) {
      const {
        [markHeader]: mark,
        Host: _host,
        Connection: _connection,
        'Content-Length': _length,
        ...rest
      } = headers;
      const signal = signals.get(String(mark));
      const { pathname, search } = new URL(url);
      const xml = String(data).replace(/^<\?xml[^>]*\?>/, `<?xml version="1.0" encoding="${label}"?>`);
      const body = encodeText(xml, encoding).bytes;
      http
        .call({
          method: 'POST',
          target: pathname + search,
          headers: { ...asTexts(rest), 'content-type': `text/xml; charset=${label}` },
          body,
          ...(signal && { signal }),
        })
        .then(
          ({ status, text }) => done(null, { statusCode: status, headers: {}, body: text }, text),
          (error: unknown) => done(error),
        );
    },
  } as unknown as IHttpClient;
}

const asTexts = (headers: IHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** The one text of the answer, whatever its element is called. */
function textOf(system: string, result: unknown): string {
  if (typeof result === 'string') return result;
  for (const value of Object.values((result ?? {}) as Record<string, unknown>)) {
    if (typeof value === 'string') return value;
    const inner = (value as { $value?: unknown } | null)?.$value;
    if (typeof inner === 'string') return inner;
  }
  throw new GovernmentError(system, 'down', 'the SOAP answer holds no text', { code: 'no text' });
}

function explained(system: string, error: unknown): unknown {
  if (error instanceof GovernmentError) return error;
  const fault = (error as { root?: { Envelope?: { Body?: { Fault?: { faultstring?: unknown } } } } }).root
    ?.Envelope?.Body?.Fault;
  if (fault) {
    const words = typeof fault.faultstring === 'string' ? fault.faultstring : 'a fault without words';
    return new GovernmentError(system, 'refused', words.slice(0, 200), { code: 'SOAP fault' });
  }
  if (error instanceof Error && /has no operation/.test(error.message)) return error;
  return new GovernmentError(system, 'down', 'the SOAP answer cannot be read', { code: 'not SOAP' });
}
