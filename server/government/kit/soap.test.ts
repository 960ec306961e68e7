import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import test from 'ava';
import iconv from 'iconv-lite';
import { listen } from 'soap';
import { readBatch, readResult, rowKey, writeBatch, writeResult } from './frontTable.ts';
import { GovernmentError } from './governmentError.ts';
import { connectSoapText } from './soapText.ts';

const wsdl = path.join(import.meta.dirname, 'exchange.wsdl');
const batch = {
  table: 'EX_GDBS_SL',
  rows: [
    {
      SBLSH_SHORT: '44011820261124000123',
      SLZTDM: '01',
      SLHZH: '穗增受字〔2026〕000123号',
      BZ: 'a<b&c ]]>',
      VERSION: '1',
    },
  ],
};

async function serve(
  t: { teardown(done: () => void): void },
  start: (server: Server) => void,
  handler?: Parameters<typeof createServer>[1],
): Promise<string> {
  const server = handler ? createServer(handler) : createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  start(server);
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/exchange`;
}

const signal = (): AbortSignal => AbortSignal.timeout(5000);

test('front table: a batch is read as it was written, texts stay texts', (t) => {
  const read = readBatch('progress', writeBatch(batch));
  t.deepEqual(read, batch);
  t.deepEqual(rowKey(read.table, read.rows[0]!), { key: 'EX_GDBS_SL/44011820261124000123', version: 1 });
  t.deepEqual(readBatch('progress', writeBatch({ table: 'EX_GDBS_SB', rows: [] })).rows, []);
  t.throws(() => readBatch('progress', `<!DOCTYPE x [<!ENTITY e "1">]>${writeBatch(batch)}`), {
    message: /cannot be read/,
  });
  t.throws(() => readBatch('progress', '<html>'), { instanceOf: GovernmentError });
  t.throws(() => writeBatch({ table: 'X', rows: [{ 'a b': '1' }] }), { message: /not a column/ });
});

test('front table: what counts as taken is told by the peer, not assumed', (t) => {
  t.like(readResult('progress', writeResult('0', '成功'), ['0']), { ok: true, message: '成功' });
  t.false(readResult('progress', writeResult('0', '失败'), ['1']).ok);
  t.throws(() => readResult('progress', '系统繁忙', ['0']), { instanceOf: GovernmentError });
});

test('SOAP: a text of XML goes there and comes back, escaped rightly', async (t) => {
  let seen: Record<string, string> = {};
  const service = {
    ExchangeService: {
      ExchangePort: {
        setDataXmlToFocus: (args: Record<string, string>) => {
          seen = args;
          return { setDataXmlToFocusReturn: writeResult('0', '成功') };
        },
      },
    },
  };
  const url = await serve(t, (server) => listen(server, '/exchange', service, readFileSync(wsdl, 'utf8')));
  const peer = await connectSoapText({ system: 'progress', wsdl, endpoint: url, encoding: 'utf-8' });
  t.teardown(() => void peer.close());
  const reply = await peer.call(
    'setDataXmlToFocus',
    { sIdentify: 'zc', sTable: batch.table, sXml: writeBatch(batch) },
    signal(),
  );
  t.deepEqual(readResult('progress', reply, ['0']), { ok: true, code: '0', message: '成功' });
  t.deepEqual(readBatch('progress', seen['sXml']!), batch);
});

test('SOAP: a peer that speaks GBK is understood and understands', async (t) => {
  let request = '';
  const url = await serve(
    t,
    () => {},
    (req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        request = iconv.decode(Buffer.concat(chunks), 'gbk');
        const answer = `<?xml version="1.0" encoding="GBK"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns:setDataXmlToFocusResponse xmlns:ns="http://exchange.example.gov.cn/"><setDataXmlToFocusReturn>&lt;RESULT&gt;&lt;CODE&gt;0&lt;/CODE&gt;&lt;MSG&gt;已接收&lt;/MSG&gt;&lt;/RESULT&gt;</setDataXmlToFocusReturn></ns:setDataXmlToFocusResponse></soap:Body></soap:Envelope>`;
        res.setHeader('content-type', 'text/xml; charset=GBK');
        res.end(iconv.encode(answer, 'gbk'));
      });
    },
  );
  const peer = await connectSoapText({ system: 'progress', wsdl, endpoint: url, encoding: 'gbk' });
  t.teardown(() => void peer.close());
  const reply = await peer.call(
    'setDataXmlToFocus',
    { sIdentify: 'zc', sTable: 'T', sXml: '增城' },
    signal(),
  );
  t.is(readResult('progress', reply, ['0']).message, '已接收');
  t.regex(request, /增城/);
  t.regex(request, /encoding="GBK"/);
});

test('SOAP: a fault in the peer’s words is a refusal; a page, silence and 5xx are outages', async (t) => {
  let answer: { status: number; body: string } = { status: 200, body: '' };
  const url = await serve(
    t,
    () => {},
    (_req, res) => {
      if (answer.status === 0) return;
      res.statusCode = answer.status;
      res.end(answer.body);
    },
  );
  const peer = await connectSoapText({ system: 'progress', wsdl, endpoint: url, encoding: 'utf-8' });
  t.teardown(() => void peer.close());
  const ask = async (limit = 5000): Promise<GovernmentError> =>
    t.throwsAsync(
      peer.call('setDataXmlToFocus', { sIdentify: '', sTable: '', sXml: '' }, AbortSignal.timeout(limit)),
      {
        instanceOf: GovernmentError,
      },
    ) as Promise<GovernmentError>;
  answer = {
    status: 200,
    body: '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Server</faultcode><faultstring>前置机繁忙</faultstring></soap:Fault></soap:Body></soap:Envelope>',
  };
  t.like(await ask(), { kind: 'refused', message: 'progress: 前置机繁忙' });
  answer = { status: 200, body: '<!DOCTYPE html><html><body>系统繁忙</body></html>' };
  t.is((await ask()).kind, 'down');
  answer = { status: 503, body: '' };
  t.like(await ask(), { kind: 'down', code: 'HTTP 503' });
  answer = { status: 0, body: '' };
  t.is((await ask(50)).kind, 'slow');
});
