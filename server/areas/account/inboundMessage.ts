import { textAt, type XmlNode } from '../../kernel/xml/parseXml.ts';

/** What a citizen wrote or did in the official account's chat, or what WeChat reports. */
export interface InboundMessage {
  /** The same for repeated deliveries of one message. */
  readonly key: string;
  readonly openid: string;
  /** The account's original id (gh_…), the sender of a reply. */
  readonly account: string;
  /** When WeChat says it happened. */
  readonly at: Date;
  /** `text`, `image`, `location`, `event` … */
  readonly type: string;
  /** In lower case: `subscribe`, `templatesendjobfinish` …; '' unless `type` is `event`. */
  readonly event: string;
  readonly fields: XmlNode;
}

/** Reads a decrypted message; null when it is no message of WeChat's. */
export function inboundMessageOf(xml: XmlNode): InboundMessage | null {
  const openid = textAt(xml, 'FromUserName');
  const created = textAt(xml, 'CreateTime');
  const type = textAt(xml, 'MsgType');
  // WeChat's own reports (MASSSENDJOBFINISH) are about nobody in particular.
  if ((!openid && type !== 'event') || !/^\d{1,12}$/.test(created) || !type) return null;
  const event = textAt(xml, 'Event').toLowerCase();
  const msgId = textAt(xml, 'MsgId') || textAt(xml, 'MsgID');
  // Messages have an id of their own. Events do not (a MsgID there names the message reported on).
  const key =
    type === 'event'
      ? ['event', openid, created, event, textAt(xml, 'EventKey'), msgId].join(':')
      : `message:${msgId || `${openid}:${created}`}`;
  return {
    key,
    openid,
    account: textAt(xml, 'ToUserName'),
    at: new Date(Number(created) * 1000),
    type,
    event,
    fields: xml,
  };
}
