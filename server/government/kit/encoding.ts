import iconv from 'iconv-lite';

export type Encoding = 'utf-8' | 'gbk' | 'gb18030';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
const gb18030 = new TextDecoder('gb18030');

/**
 * The text of an answer whose labels may lie. In order: what HTTP says, what the XML declaration says, whether the bytes are
 * valid UTF-8, GB18030 (which reads everything GBK can say). A label that says UTF-8 over bytes that are not is not believed.
 */
export function decodeText(bytes: Uint8Array, contentType = ''): string {
  const asUtf8 = utf8(bytes);
  const label = labelIn(contentType) ?? labelInXml(bytes);
  // UTF-8 bytes under a GBK label are common (the peer changed its server, not its templates). Text of any length that is
  // valid UTF-8 and has characters beyond ASCII is UTF-8: GBK text passes that check by accident only when very short.
  if (label === 'gb' && asUtf8 !== null && !hasWideCharacters(bytes, asUtf8)) return gb18030.decode(bytes);
  return asUtf8 ?? gb18030.decode(bytes);
}

const hasWideCharacters = (bytes: Uint8Array, text: string): boolean => bytes.length - text.length >= 8;

function utf8(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return null;
  }
}

const labelIn = (contentType: string): 'utf8' | 'gb' | null =>
  known(/charset\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1]);

function labelInXml(bytes: Uint8Array): 'utf8' | 'gb' | null {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  return known(/<\?xml[^>]*encoding\s*=\s*["']([\w-]+)["']/i.exec(head)?.[1]);
}

function known(label: string | undefined): 'utf8' | 'gb' | null {
  if (label === undefined) return null;
  if (/^utf-?8$/i.test(label)) return 'utf8';
  return /^gb(k|2312|18030)$/i.test(label) ? 'gb' : null;
}

export interface Encoded {
  readonly bytes: Buffer;
  /** Characters the encoding cannot carry, each written as `〓`; a person has to check such a row. */
  readonly lost: readonly string[];
}

/**
 * The bytes for a peer. GB18030 carries everything; GBK lacks rare characters of names (𠮷, 㙍), which would silently become
 * "?": they are replaced by 〓, the printers' mark for a missing character, and named in `lost`.
 */
export function encodeText(text: string, encoding: Encoding): Encoded {
  if (encoding !== 'gbk') return { bytes: iconv.encode(text, encoding), lost: [] };
  const lost: string[] = [];
  const safe = [...text].map((character) => {
    if (character < '\u0080' || iconv.decode(iconv.encode(character, 'gbk'), 'gbk') === character)
      return character;
    lost.push(character);
    return '〓';
  });
  return { bytes: iconv.encode(safe.join(''), 'gbk'), lost };
}
