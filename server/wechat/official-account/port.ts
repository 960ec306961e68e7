/** What the hall needs of WeChat's official account platform. Every call may throw a `WechatError` (`errors.ts`). */
export interface OfficialAccount {
  /**
   * One template message to one follower. The same openid and `clientMsgId` within 10 minutes is sent once.
   * Resolves when WeChat has accepted it; what became of it comes by the event TEMPLATESENDJOBFINISH.
   */
  sendTemplate(message: TemplateMessage): Promise<{ readonly msgId: string }>;
  /** The templates the account has added. */
  templates(): Promise<readonly AccountTemplate[]>;
  /** Adds a template of the category library with these keywords in this order; answers its id. */
  addTemplate(shortId: string, keywords: readonly string[]): Promise<string>;

  /**
   * A text to all followers or to those with a tag. `clientMsgId`: at most 32 characters; the same one within 24 hours
   * is not sent again, and the first one's id is answered. "Accepted" is not "sent": see `massResult`.
   */
  massText(message: {
    text: string;
    audience: MassAudience;
    clientMsgId: string;
  }): Promise<{ readonly msgId: string }>;
  /** A picture or an article of the draft box to all followers or to those with a tag; ids as in `massText`. */
  massMedia(message: {
    media: MassMedia;
    audience: MassAudience;
    clientMsgId: string;
  }): Promise<{ readonly msgId: string }>;
  /** Shows a picture or an article to one person (100 a day, shared with texts). */
  previewMedia(openid: string, media: MassMedia): Promise<void>;
  /** Keeps a picture with WeChat for good (10 MB; the account has 100,000 places). */
  keepPicture(file: UploadedFile): Promise<{ readonly mediaId: string; readonly url: string }>;
  /** A picture within an article (JPEG or PNG, 1 MB): its address. It takes no place of the account's. */
  uploadArticlePicture(file: UploadedFile): Promise<string>;
  /** Puts articles (1–8) into the draft box; a mass send or a publication uses the draft up. */
  addDraft(articles: readonly Article[]): Promise<string>;
  /** How a mass send stands; counts come only by the event MASSSENDJOBFINISH. */
  massResult(msgId: string): Promise<'sending' | 'sent' | 'failed' | 'deleted'>;
  /** Shows a mass text to one person (100 a day). */
  previewText(openid: string, text: string): Promise<void>;

  /** A text in the chat, as an answer: 5 within 48 h of a message, 3 within 1 minute of a menu tap, a follow or a scan. */
  sendText(openid: string, text: string): Promise<void>;

  /** A page of up to 10,000 followers after `after`; `next` null: that was the last one. */
  followers(after: string | null): Promise<FollowerPage>;
  followersWithTag(tagId: number, after: string | null): Promise<FollowerPage>;
  /** Up to 100 people. Those who do not follow are answered with `follows: false` and no unionid. */
  people(openids: readonly string[]): Promise<readonly AccountPerson[]>;

  tags(): Promise<readonly Tag[]>;
  createTag(name: string): Promise<Tag>;
  renameTag(id: number, name: string): Promise<void>;
  deleteTag(id: number): Promise<void>;
  /** Up to 50 people a call. */
  tagPeople(tagId: number, openids: readonly string[]): Promise<void>;
  untagPeople(tagId: number, openids: readonly string[]): Promise<void>;

  /** The day's calls of one API path (begins with `/`) and its rate, as WeChat counts them. */
  quota(path: string): Promise<Quota>;

  createMenu(buttons: readonly MenuButton[]): Promise<void>;
  /** A menu for those the rule matches; the default menu must exist. Answers its id. */
  createPersonalMenu(buttons: readonly MenuButton[], rule: MatchRule): Promise<string>;
  deletePersonalMenu(menuId: string): Promise<void>;
  menus(): Promise<AccountMenus>;

  /** A QR code that tells us its scene when it is scanned; answers the ticket and the address of its picture. */
  createQrCode(
    scene: string,
    validSeconds: number | null,
  ): Promise<{ readonly ticket: string; readonly url: string }>;
}

export interface TemplateMessage {
  readonly openid: string;
  readonly templateId: string;
  readonly data: Readonly<Record<string, string>>;
  /** Opens our mini-program at this page when the card is tapped. */
  readonly page: string | null;
  readonly clientMsgId: string;
}

export interface AccountTemplate {
  readonly id: string;
  readonly title: string;
  /** In order: `{ key: 'thing1', label: '预约事项' }`. */
  readonly fields: readonly { readonly key: string; readonly label: string }[];
}

export type MassAudience = { readonly kind: 'all' } | { readonly kind: 'tag'; readonly tagId: number };

export interface MassMedia {
  readonly kind: 'picture' | 'article';
  /** Of a kept picture, or of a draft. */
  readonly mediaId: string;
}

export interface UploadedFile {
  readonly bytes: Buffer;
  readonly type: 'image/jpeg' | 'image/png';
}

export interface Article {
  /** At most 32 characters. */
  readonly title: string;
  readonly author: string;
  /** At most 128 characters; empty: WeChat takes the beginning of the text. */
  readonly digest: string;
  /** HTML, below 20,000 characters; scripts are removed, pictures from elsewhere too. */
  readonly content: string;
  /** Of a kept picture. */
  readonly coverMediaId: string;
}

export interface FollowerPage {
  readonly total: number | null;
  readonly openids: readonly string[];
  readonly next: string | null;
}

export interface AccountPerson {
  readonly openid: string;
  readonly follows: boolean;
  readonly unionid: string | null;
  readonly tagIds: readonly number[];
}

export interface Tag {
  readonly id: number;
  readonly name: string;
  readonly count: number;
}

export interface Quota {
  readonly dailyLimit: number;
  readonly used: number;
  readonly remain: number;
  readonly rate: { readonly calls: number; readonly seconds: number } | null;
}

export type MenuButton =
  | { readonly name: string; readonly sub_button: readonly MenuButton[] }
  | { readonly name: string; readonly type: 'click'; readonly key: string }
  | { readonly name: string; readonly type: 'view'; readonly url: string }
  | {
      readonly name: string;
      readonly type: 'miniprogram';
      readonly appid: string;
      readonly pagepath: string;
      readonly url: string;
    };

export interface MatchRule {
  readonly tag_id?: string;
  /** 1 iOS, 2 Android, 3 others. */
  readonly client_platform_type?: string;
}

export interface AccountMenus {
  readonly buttons: readonly MenuButton[] | null;
  readonly personal: readonly {
    readonly id: string;
    readonly buttons: readonly MenuButton[];
    readonly rule: MatchRule;
  }[];
}
