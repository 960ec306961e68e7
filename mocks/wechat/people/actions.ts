import { openWindow } from '../api/custom.ts';
import { type MediaShelf, pictureUrl } from '../api/media.ts';
import type { Button } from '../api/menu-rules.ts';
import type { SceneCode } from '../api/qrcode.ts';
import { seconds } from '../core/local-time.ts';
import type { Reply } from '../events/reply.ts';
import type { XmlFields, XmlNode } from '../events/xml.ts';
import { xmlText } from '../events/xml.ts';
import type { World } from '../world.ts';
import type { Person } from './directory.ts';
import type { ArticleCard, ChatMessage, Content } from './inbox.ts';

const outOfOrder = '该公众号提供的服务出现故障，请稍后再试';

/**
 * What a citizen does in the chat. Each act is pushed to the account's server, and its passive reply, if any, appears
 * in the chat. Resolves when the server has answered (or failed three times).
 */
export class CitizenActions {
  #world: World;
  #media: MediaShelf;

  constructor(world: World, media: MediaShelf) {
    this.#world = world;
    this.#media = media;
  }

  async write(person: Person, text: string): Promise<void> {
    const world = this.#world;
    this.#show(person, { from: 'citizen', origin: 'citizen', content: { kind: 'text', text } });
    if (!person.follows) return;
    openWindow(person, 'message', world.now());
    world.people.save(person);
    await this.#ask(person, {
      ...world.pushHead(person.openids.officialAccount, 'text'),
      Content: text,
      MsgId: world.messageIds.next(world.now()),
    });
  }

  /** A tap on a menu button. The address to open, for buttons that open one, is the phone's own business. */
  async tapMenu(person: Person, button: Button): Promise<void> {
    const world = this.#world;
    const head = world.pushHead(person.openids.officialAccount, 'event');
    if (button.type === 'view') {
      await this.#ask(person, { ...head, Event: 'VIEW', EventKey: button.url ?? '' });
      return;
    }
    if (button.type === 'miniprogram') {
      await this.#ask(person, { ...head, Event: 'view_miniprogram', EventKey: button.pagepath ?? '' });
      return;
    }
    if (button.type === 'media_id') {
      const media = this.#media.get(button.media_id ?? '', world.now());
      if (media?.kind === 'image') {
        this.#show(person, {
          from: 'account',
          origin: 'passive',
          content: { kind: 'image', url: pictureUrl(world, media) },
        });
      }
      return;
    }
    openWindow(person, 'touch', world.now());
    world.people.save(person);
    const event = button.type === 'click' ? 'CLICK' : String(button.type);
    await this.#ask(person, { ...head, Event: event, EventKey: button.key ?? '' });
  }

  async follow(person: Person, code?: SceneCode): Promise<void> {
    if (person.follows) return;
    const world = this.#world;
    person.follows = true;
    person.subscribedAt = seconds(world.now());
    person.subscribeScene = code ? 'ADD_SCENE_QR_CODE' : 'ADD_SCENE_SEARCH';
    person.qrScene = typeof code?.scene === 'number' ? code.scene : 0;
    person.qrSceneStr = typeof code?.scene === 'string' ? code.scene : '';
    openWindow(person, 'touch', world.now());
    world.people.save(person);
    world.inbox.touch(person.id);
    await this.#ask(person, {
      ...world.pushHead(person.openids.officialAccount, 'event'),
      Event: 'subscribe',
      EventKey: code ? `qrscene_${code.scene}` : '',
      ...(code ? { Ticket: code.ticket } : {}),
    });
  }

  async unfollow(person: Person): Promise<void> {
    if (!person.follows) return;
    person.follows = false;
    person.windows = [];
    person.tags = [];
    this.#world.people.save(person);
    this.#world.inbox.touch(person.id);
    await this.#ask(person, {
      ...this.#world.pushHead(person.openids.officialAccount, 'event'),
      Event: 'unsubscribe',
      EventKey: '',
    });
  }

  /** A scan of the account's code: strangers follow by it, followers only tell where they are. */
  async scan(person: Person, code: SceneCode): Promise<void> {
    if (!person.follows) return this.follow(person, code);
    openWindow(person, 'touch', this.#world.now());
    this.#world.people.save(person);
    await this.#ask(person, {
      ...this.#world.pushHead(person.openids.officialAccount, 'event'),
      Event: 'SCAN',
      EventKey: String(code.scene),
      Ticket: code.ticket,
    });
  }

  async reportLocation(person: Person, latitude: number, longitude: number): Promise<void> {
    await this.#ask(person, {
      ...this.#world.pushHead(person.openids.officialAccount, 'event'),
      Event: 'LOCATION',
      Latitude: latitude,
      Longitude: longitude,
      Precision: 30,
    });
  }

  async #ask(person: Person, fields: XmlFields): Promise<void> {
    if (!this.#world.delivery.configured) return;
    const reply = await this.#world.delivery.ask(fields);
    // Nothing a stranger could see: an event of leaving is answered into the void.
    if (person.follows) this.#showReply(person, reply);
  }

  #showReply(person: Person, reply: Reply): void {
    if (reply.kind === 'nothing') return;
    if (reply.kind !== 'message') {
      if (reply.kind === 'broken') this.#world.complaints.push(reply.why);
      this.#notice(person, outOfOrder);
      return;
    }
    if (reply.type === 'transfer_customer_service') return;
    const contents = this.#read(reply.type, reply.fields);
    if (!contents) {
      this.#world.complaints.push(`passive reply of type ${reply.type} cannot be shown`);
      this.#notice(person, outOfOrder);
      return;
    }
    this.#world.ledger.record(
      {
        channel: 'passive',
        openid: person.openids.officialAccount,
        msgId: '',
        what: reply.type,
        clientMsgId: '',
        content: contents.kind === 'text' ? contents.text : reply.type,
        outcome: 'success',
      },
      true,
    );
    this.#show(person, { from: 'account', origin: 'passive', content: contents });
  }

  #read(type: string, fields: Record<string, XmlNode>): Content | undefined {
    if (type === 'text') {
      const text = xmlText(fields['Content']);
      // An empty text reply is what WeChat shows its failure line for.
      return text === '' || Buffer.byteLength(text) > 2048 ? undefined : { kind: 'text', text };
    }
    if (type === 'news') {
      const items = fields['Articles'];
      const list = typeof items === 'object' && !Array.isArray(items) ? items['item'] : undefined;
      const nodes = Array.isArray(list) ? list : list === undefined ? [] : [list];
      const articles = nodes.map(
        (node): ArticleCard => ({
          title: xmlText(node, 'Title'),
          digest: xmlText(node, 'Description'),
          url: xmlText(node, 'Url'),
          cover: xmlText(node, 'PicUrl'),
        }),
      );
      return articles.length === 0 ? undefined : { kind: 'articles', articles: articles.slice(0, 1) };
    }
    if (type === 'image') {
      const media = this.#media.get(xmlText(fields['Image'], 'MediaId'), this.#world.now());
      return media && { kind: 'image', url: pictureUrl(this.#world, media) };
    }
    if (type === 'voice' || type === 'video') {
      const node = fields[type === 'voice' ? 'Voice' : 'Video'];
      const media = this.#media.get(xmlText(node, 'MediaId'), this.#world.now());
      return media && { kind: type, title: xmlText(node, 'Title'), url: pictureUrl(this.#world, media) };
    }
    if (type === 'music') {
      const node = fields['Music'];
      return { kind: 'music', title: xmlText(node, 'Title'), url: xmlText(node, 'MusicUrl') };
    }
    return undefined;
  }

  #notice(person: Person, text: string): void {
    this.#show(person, { from: 'system', origin: 'notice', content: { kind: 'text', text } });
  }

  #show(person: Person, message: Pick<ChatMessage, 'from' | 'origin' | 'content'>): void {
    this.#world.inbox.add({
      ...message,
      citizen: person.id,
      chat: 'account',
      at: this.#world.now().getTime(),
    });
  }
}
