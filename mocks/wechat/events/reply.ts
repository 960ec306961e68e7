import type { MessageCrypto } from './message-crypto.ts';
import { sameSignature, sign } from './message-crypto.ts';
import type { XmlNode } from './xml.ts';
import { fromXml, xmlText } from './xml.ts';

/** What the account's server answered to a push. `failed`: nobody answered; `broken`: an answer WeChat cannot use. */
export type Reply =
  | { kind: 'nothing' }
  | { kind: 'failed' }
  | { kind: 'broken'; why: string }
  | { kind: 'message'; type: string; fields: Record<string, XmlNode> };

/**
 * Reads the answer of a callback. '' and 'success' say nothing. In safe mode the rest must be an envelope that is
 * encrypted, signed over its own TimeStamp (seconds) and Nonce, and meant for this appid.
 */
export function readReply(text: string, crypto: MessageCrypto, token: string): Reply {
  if (text === '' || text.trim() === 'success') return { kind: 'nothing' };
  const envelope = fromXml(text);
  if (!envelope) return { kind: 'broken', why: 'answer is neither success nor XML' };
  const encrypted = xmlText(envelope['Encrypt']);
  if (!encrypted) return { kind: 'broken', why: 'answer is not encrypted though safe mode is on' };
  const timestamp = xmlText(envelope['TimeStamp']);
  const expected = sign(token, timestamp, xmlText(envelope['Nonce']), encrypted);
  if (!sameSignature(expected, xmlText(envelope['MsgSignature']))) {
    return { kind: 'broken', why: 'MsgSignature does not match' };
  }
  if (!/^\d{10}$/.test(timestamp)) return { kind: 'broken', why: 'TimeStamp is not in seconds' };
  let inner: Record<string, XmlNode> | undefined;
  try {
    inner = fromXml(crypto.decrypt(encrypted));
  } catch (error) {
    return { kind: 'broken', why: error instanceof Error ? error.message : 'cannot be decrypted' };
  }
  if (!inner) return { kind: 'broken', why: 'decrypted answer is not XML' };
  const type = xmlText(inner['MsgType']);
  if (type === '') return { kind: 'broken', why: 'MsgType missing' };
  return { kind: 'message', type, fields: inner };
}
