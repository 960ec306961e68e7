import { XMLParser } from 'fast-xml-parser';

export type XmlValue = string | number | bigint | XmlFields | XmlFields[];
export type XmlFields = { [name: string]: XmlValue | undefined };

function element(name: string, value: XmlValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'bigint') return `<${name}>${value}</${name}>`;
  if (typeof value === 'string') {
    return `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
  }
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join('');
  return `<${name}>${Object.entries(value)
    .map(([key, item]) => element(key, item))
    .join('')}</${name}>`;
}

/** `<xml>` as the platform pushes it: texts in CDATA, numbers bare. */
export function toXml(fields: XmlFields): string {
  return element('xml', fields);
}

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  cdataPropName: false,
  processEntities: true,
});

export type XmlNode = string | XmlNode[] | { [name: string]: XmlNode };

/** The fields below `<xml>`, all texts; undefined when it is no such document. */
export function fromXml(text: string): Record<string, XmlNode> | undefined {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return undefined;
  try {
    const document: unknown = parser.parse(text.trim());
    const root =
      typeof document === 'object' && document !== null
        ? (document as Record<string, unknown>)['xml']
        : undefined;
    return typeof root === 'object' && root !== null ? (root as Record<string, XmlNode>) : undefined;
  } catch {
    return undefined;
  }
}

/** A text below a node, or '' when it is missing. */
export function xmlText(node: XmlNode | undefined, name?: string): string {
  const value =
    name === undefined ? node : typeof node === 'object' && !Array.isArray(node) ? node[name] : undefined;
  return typeof value === 'string' ? value.trim() : '';
}
