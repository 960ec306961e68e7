import { XMLParser } from 'fast-xml-parser';

export type XmlNode = string | { readonly [name: string]: XmlNode } | readonly XmlNode[];

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  processEntities: true,
  htmlEntities: false,
});

/**
 * Parses a small XML document from a stranger into plain objects of texts. Refused with an Error: anything with a
 * DOCTYPE, entity declarations or processing instructions beyond the XML declaration (bombs, outside entities), and
 * what is larger than `limit` characters or nests deeper than 20 elements.
 */
export function parseXml(text: string, limit = 64 * 1024): Readonly<Record<string, XmlNode>> {
  if (text.length > limit) throw new Error('the XML document is too large');
  if (/<!(?!\[CDATA\[|--)/i.test(withoutCdata(text))) throw new Error('declarations are not taken in XML');
  if (/<\?(?!xml\s)/i.test(withoutCdata(text)))
    throw new Error('processing instructions are not taken in XML');
  refuseDepth(text);
  const value: unknown = parser.parse(text, true);
  if (typeof value !== 'object' || value === null) throw new Error('not an XML document');
  return value as Readonly<Record<string, XmlNode>>;
}

/** What people typed inside CDATA may look like a declaration and is none. */
const withoutCdata = (text: string): string => text.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '');

function refuseDepth(text: string): void {
  let depth = 0;
  for (const [, close, selfClosing] of withoutCdata(text).matchAll(/<(\/?)[\w:.-][^<>]*?(\/?)>/g)) {
    if (selfClosing) continue;
    depth += close ? -1 : 1;
    if (depth > 20) throw new Error('the XML document nests too deeply');
  }
}

/** A text for CDATA: `]]>` inside it cannot end it. */
export const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

/** The text at a path of element names, '' where there is none. */
export function textAt(node: XmlNode | undefined, ...path: readonly string[]): string {
  let at: XmlNode | undefined = node;
  for (const name of path) {
    at = typeof at === 'object' && !Array.isArray(at) ? (at as Record<string, XmlNode>)[name] : undefined;
  }
  return typeof at === 'string' ? at : '';
}
