import { XMLParser } from 'fast-xml-parser';
import iconv from 'iconv-lite';
import type { Context } from 'koa';

const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
});

/** One call of `setDataXmlToFocus`, the only operation these services have. */
export interface FocusCall {
  sIdentify: string;
  sTable: string;
  sXml: string;
}

/** Reads the body by the encoding its XML declaration names, as the old Axis server does. */
export function focusCall(ctx: Context): FocusCall | null {
  const bytes = (ctx.state['bytes'] as Buffer | undefined) ?? Buffer.alloc(0);
  const label = /encoding\s*=\s*["']([\w-]+)["']/i.exec(bytes.subarray(0, 120).toString('latin1'))?.[1];
  const text = iconv.decode(bytes, label && iconv.encodingExists(label) ? label : 'utf-8');
  try {
    const tree = parser.parse(text) as {
      Envelope?: { Body?: { setDataXmlToFocus?: Record<string, unknown> } };
    };
    const args = tree.Envelope?.Body?.setDataXmlToFocus;
    if (!args) return null;
    const of = (name: string): string => (typeof args[name] === 'string' ? args[name] : '');
    return { sIdentify: of('sIdentify'), sTable: of('sTable'), sXml: of('sXml') };
  } catch {
    return null;
  }
}

export const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const around = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

/** The reply: one text, which is XML again. */
export function answerFocus(ctx: Context, xml: string): void {
  ctx.type = 'text/xml; charset=utf-8';
  ctx.body = around(
    `<ns:setDataXmlToFocusResponse xmlns:ns="http://exchange.example.gov.cn/"><setDataXmlToFocusReturn>${escaped(xml)}</setDataXmlToFocusReturn></ns:setDataXmlToFocusResponse>`,
  );
}

export function answerFault(ctx: Context, words: string): void {
  ctx.type = 'text/xml; charset=utf-8';
  ctx.status = 500;
  ctx.body = around(
    `<soapenv:Fault><faultcode>soapenv:Server</faultcode><faultstring>${escaped(words)}</faultstring></soapenv:Fault>`,
  );
}

/** A flat element of texts inside `root`. */
export function flatXml(xml: string, root: string): Record<string, string> | null {
  try {
    const tree = parser.parse(xml) as Record<string, unknown>;
    const found = tree[root];
    if (typeof found !== 'object' || found === null) return null;
    return Object.fromEntries(
      Object.entries(found).map(([name, value]) => [name, typeof value === 'string' ? value : '']),
    );
  } catch {
    return null;
  }
}

export const resultXml = (code: string, message: string, rest: Record<string, string> = {}): string =>
  `<RESULT><CODE>${escaped(code)}</CODE><MSG>${escaped(message)}</MSG>${Object.entries(rest)
    .map(([name, value]) => `<${name}>${escaped(value)}</${name}>`)
    .join('')}</RESULT>`;
