import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { listen } from 'soap';
import { type EnvelopeKeys, openEnvelope, sealEnvelope } from '../../government/kit/smEnvelope.ts';

export const wsdl = path.resolve(import.meta.dirname, '../../government/kit/exchange.wsdl');

const matter = {
  code: '0',
  data: {
    name: '食品经营许可（新办）',
    rows: Array.from({ length: 10 }, (_, i) => ({ no: String(i), text: '符合法定条件，材料齐全' })),
  },
};

export interface Peer {
  readonly url: string;
  close(): void;
}

async function start(listener?: RequestListener, prepare?: (server: Server) => void): Promise<Peer> {
  const server = listener ? createServer(listener) : createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  prepare?.(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Answers a small JSON document. */
export const restPeer = (): Promise<Peer> => {
  const body = JSON.stringify(matter);
  return start((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(body);
  });
};

/** Opens what comes, seals what goes. */
export const envelopePeer = (keys: EnvelopeKeys): Promise<Peer> =>
  start((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      openEnvelope('bench', keys, JSON.parse(Buffer.concat(chunks).toString()), new Date());
      response.end(JSON.stringify(sealEnvelope(keys, matter, new Date())));
    });
  });

/** The exchange service, answering the reply of a good delivery. */
export const soapPeer = (): Promise<Peer> => {
  const reply = { setDataXmlToFocusReturn: '<RESULT><CODE>0</CODE><MSG>成功</MSG></RESULT>' };
  const service = { ExchangeService: { ExchangePort: { setDataXmlToFocus: () => reply } } };
  return start(undefined, (server) => void listen(server, '/exchange', service, readFileSync(wsdl, 'utf8')));
};
