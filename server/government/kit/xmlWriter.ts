export type XmlValue = string | readonly XmlTree[] | XmlTree;
export interface XmlTree {
  readonly [name: string]: XmlValue;
}

/** Escapes a text for an element; characters XML 1.0 does not know are dropped. */
export const escapeXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids these
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');

const isList = (value: XmlValue): value is readonly XmlTree[] => Array.isArray(value);

/** Elements in the order given; a list repeats its element. Names are ours, texts are anybody's. */
export function writeXml(tree: XmlTree): string {
  return Object.entries(tree)
    .map(([name, value]) => {
      if (!/^[A-Za-z_][\w.-]*$/.test(name)) throw new Error(`not an element name: ${name}`);
      if (isList(value)) return value.map((each) => `<${name}>${writeXml(each)}</${name}>`).join('');
      return `<${name}>${typeof value === 'string' ? escapeXml(value) : writeXml(value)}</${name}>`;
    })
    .join('');
}
