import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One exchange with a government system as it went over the wire; headers of the moment are not kept. */
export interface Exchange {
  readonly method: string;
  readonly target: string;
  readonly contentType: string;
  /** Its bytes, one character each. */
  readonly request: string;
  readonly status: number;
  readonly answerType: string;
  readonly answer: string;
}

export interface Peer {
  readonly url: string;
  close(): Promise<void>;
}

/** Forwards to the real address and keeps what went through: how the recorded files are made (`recorded.test.ts`). */
export async function recordingPeer(origin: string): Promise<Peer & { readonly exchanges: Exchange[] }> {
  const exchanges: Exchange[] = [];
  const peer = await serve(async (request) => {
    const asked = await askedBy(request);
    const headers = { ...request.headers };
    for (const name of ['host', 'connection', 'content-length', 'transfer-encoding']) delete headers[name];
    const answered = await fetch(`${origin}${asked.target}`, {
      method: asked.method,
      headers: headers as Record<string, string>,
      ...(asked.method === 'POST' && { body: new Uint8Array(Buffer.from(asked.request, 'latin1')) }),
    });
    const exchange = {
      ...asked,
      status: answered.status,
      answerType: answered.headers.get('content-type') ?? '',
      answer: await answered.text(),
    };
    exchanges.push(exchange);
    return exchange;
  });
  return { ...peer, exchanges };
}

/** Plays recorded answers in their order; `asked` is what the client really sent. */
export async function playingPeer(
  exchanges: readonly Exchange[],
): Promise<Peer & { readonly asked: Pick<Exchange, 'method' | 'target' | 'contentType' | 'request'>[] }> {
  const asked: Pick<Exchange, 'method' | 'target' | 'contentType' | 'request'>[] = [];
  const peer = await serve(async (request) => {
    const next = exchanges[asked.length];
    asked.push(await askedBy(request));
    return next ?? { status: 500, answerType: 'text/plain', answer: 'nothing more was recorded' };
  });
  return { ...peer, asked };
}

async function serve(
  answer: (request: IncomingMessage) => Promise<Pick<Exchange, 'status' | 'answerType' | 'answer'>>,
): Promise<Peer> {
  const server: Server = createServer((request, response) => {
    void answer(request).then(
      (said) => {
        response.writeHead(said.status, { 'content-type': said.answerType });
        response.end(said.answer);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function askedBy(
  request: IncomingMessage,
): Promise<Pick<Exchange, 'method' | 'target' | 'contentType' | 'request'>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return {
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    contentType: request.headers['content-type'] ?? '',
    request: Buffer.concat(chunks).toString('latin1'),
  };
}

/** Asks a system what was recorded, with fresh headers. */
export async function askAgain(
  origin: string,
  { method, target, contentType, request }: Exchange,
  headers: Readonly<Record<string, string>>,
): Promise<Pick<Exchange, 'status' | 'answerType' | 'answer'>> {
  const answered = await fetch(`${origin}${target}`, {
    method,
    headers: { ...headers, ...(contentType && { 'content-type': contentType }) },
    ...(method === 'POST' && { body: new Uint8Array(Buffer.from(request, 'latin1')) }),
  });
  return {
    status: answered.status,
    answerType: answered.headers.get('content-type') ?? '',
    answer: await answered.text(),
  };
}
