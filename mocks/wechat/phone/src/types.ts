/** What `/phone/api/*` answers. */
export type Card = {
  id: string;
  nickname: string;
  about: string;
  hue: number;
  longHair: boolean;
  receives: 'yes' | 'quiet' | 'refuse';
  senior: boolean;
  follows: boolean;
  unread: number;
};

export type Link = { url?: string; miniProgram?: { appid: string; path: string } };
export type Article = { title: string; digest: string; url: string; cover: string };

export type Content =
  | { kind: 'text'; text: string }
  | { kind: 'image'; url: string }
  | { kind: 'voice' | 'video' | 'music'; title: string; url: string }
  | { kind: 'template'; title: string; fields: { label: string; value: string }[]; link?: Link }
  | { kind: 'articles'; articles: Article[] }
  | { kind: 'program'; title: string; cover: string; link: Link };

export type Message = {
  id: string;
  chat: 'account' | 'service';
  from: 'account' | 'citizen' | 'system';
  origin: string;
  at: number;
  read: boolean;
  content: Content;
};

export type Button = {
  name: string;
  type?: string;
  key?: string;
  url?: string;
  pagepath?: string;
  sub_button?: Button[];
};

export type PhoneState = {
  me: Card;
  citizens: Card[];
  messages: Message[];
  menu: Button[];
  now: number;
  hallUrl: string | null;
  programAppid: string;
};

export type Settings = {
  latencyMs: number;
  errorRate: number;
  errcode: number;
  dropResponses: number;
  dropEvents: number;
  duplicateEvents: number;
  eventDelayMs: number;
  hold: boolean;
  followers: number;
  clockOffsetMs: number;
};

/** What lies over the chats: the mini-program, or a page in WeChat's browser. */
export type Overlay = { kind: 'program'; path: string } | { kind: 'page'; url: string } | undefined;
