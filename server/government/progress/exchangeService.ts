import type { Middleware } from 'koa';
import type { Clock } from '../../kernel/clock.ts';
import { log } from '../../kernel/log.ts';
import { parseXml, textAt, type XmlNode } from '../../kernel/xml/parseXml.ts';
import { decodeText } from '../kit/encoding.ts';
import { readBatch, writeResult } from '../kit/frontTable.ts';
import { type GatewayKey, isFromGateway } from '../kit/gatewaySignature.ts';
import { rawBody } from '../kit/rawBody.ts';
import { escapeXml } from '../kit/xmlWriter.ts';
import type { ReceivedRow } from './takeRows.ts';

export const exchangePath = '/government/progress/exchange';

/**
 * `POST /government/progress/exchange`: the SOAP operation `setDataXmlToFocus` that the exchange calls, in GBK or UTF-8. Mount it
 * before the body parser. CODE 0 only when the rows are kept: everything else stays in their front table, where we fetch it.
 */
export function exchangeService(options: {
  readonly gateway: GatewayKey;
  readonly clock: Clock;
  readonly take: (rows: readonly ReceivedRow[]) => Promise<void>;
}): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== exchangePath || ctx.method !== 'POST') return next();
    const answer = (code: string, words: string): void => {
      ctx.status = 200;
      ctx.set('content-type', 'text/xml; charset=utf-8');
      ctx.body = envelope(writeResult(code, words));
    };
    if (!isFromGateway(options.gateway, ctx.headers, options.clock.wall())) return answer('401', '鉴权失败');
    const bytes = await rawBody(ctx, 2 * 1024 * 1024);
    if (!bytes) return answer('413', '报文过大');
    let rows: readonly ReceivedRow[];
    try {
      rows = rowsFrom(decodeText(bytes, ctx.get('content-type')));
    } catch (cause) {
      log.warn({ cause }, 'a push of the progress exchange cannot be read');
      return answer('400', '报文解析失败');
    }
    await options.take(rows);
    answer('0', '成功');
  };
}

function rowsFrom(xml: string): readonly ReceivedRow[] {
  const tree = parseXml(xml, 2 * 1024 * 1024);
  const sXml = textAt(argumentsOf(tree), 'sXml');
  const { table, rows } = readBatch('progress', sXml);
  return rows.map((raw) => ({ table, raw }));
}

/** The one operation's element, whatever prefixes the sender has chosen. */
function argumentsOf(tree: XmlNode): XmlNode {
  const inside = (node: XmlNode, name: string): XmlNode => {
    const [, found] =
      Object.entries(node as Record<string, XmlNode>).find(([key]) => key.replace(/^.*:/, '') === name) ?? [];
    if (typeof found !== 'object') throw new Error(`no ${name} in the SOAP message`);
    return found;
  };
  const call = inside(inside(inside(tree, 'Envelope'), 'Body'), 'setDataXmlToFocus');
  return Object.fromEntries(
    Object.entries(call).map(([key, value]) => [key.replace(/^.*:/, ''), value as XmlNode]),
  );
}

const envelope = (text: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><ns:setDataXmlToFocusResponse xmlns:ns="http://exchange.example.gov.cn/"><setDataXmlToFocusReturn>${escapeXml(text)}</setDataXmlToFocusReturn></ns:setDataXmlToFocusResponse></soapenv:Body></soapenv:Envelope>`;
