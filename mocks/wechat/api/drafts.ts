import type { Json, JsonObject } from '../core/errors.ts';
import { Refusal } from '../core/errors.ts';
import { randomText } from '../core/ids.ts';
import { integerOf, isObject, textOf } from '../core/json.ts';
import { seconds } from '../core/local-time.ts';
import type { Store } from '../core/store.ts';
import type { ArticleCard } from '../people/inbox.ts';
import type { World } from '../world.ts';
import { type MediaShelf, pictureUrl } from './media.ts';

export type Article = {
  title: string;
  author: string;
  digest: string;
  content: string;
  content_source_url: string;
  thumb_media_id: string;
  need_open_comment: number;
  only_fans_can_comment: number;
  /** Where it can be read, preview or published. */
  slug: string;
};
type Draft = { id: string; articles: Article[]; at: number };
type Publication = { id: string; articleId: string; articles: Article[]; at: number; msgId: string };

const characters = (text: string) => [...text].length;

export class Drafts {
  #drafts;
  #published;
  #pages;
  #media: MediaShelf;

  constructor(store: Store, media: MediaShelf) {
    this.#drafts = store.collection<Draft>('drafts');
    this.#published = store.collection<Publication>('published');
    this.#pages = store.collection<Article>('article-pages');
    this.#media = media;
  }

  add(articles: Article[], now: Date): Draft {
    const draft = { id: randomText(64), articles, at: seconds(now) };
    this.save(draft);
    return draft;
  }

  save(draft: Draft): void {
    this.#drafts.set(draft.id, draft);
    for (const article of draft.articles) this.#pages.set(article.slug, article);
  }

  get(id: string): Draft {
    const draft = this.#drafts.get(id);
    if (!draft) throw new Refusal(40007);
    return draft;
  }

  /** A draft is used up by a successful mass send or publication. */
  use(id: string): void {
    this.#drafts.delete(id);
  }

  all(): Draft[] {
    return this.#drafts.values().sort((a, b) => b.at - a.at);
  }

  publish(draft: Draft, msgId: bigint, now: Date): Publication {
    const publication = {
      id: `1${String(msgId).slice(-9)}`,
      articleId: randomText(43),
      articles: draft.articles,
      at: seconds(now),
      msgId: String(msgId),
    };
    this.#published.set(publication.id, publication);
    this.use(draft.id);
    return publication;
  }

  published(): Publication[] {
    return this.#published.values().sort((a, b) => b.at - a.at);
  }

  removePublished(id: string): boolean {
    return this.#published.delete(id);
  }

  cards(world: World, articles: Article[]): ArticleCard[] {
    return articles.map((article) => {
      const cover = this.#media.get(article.thumb_media_id, world.now());
      return {
        title: article.title,
        digest: article.digest,
        url: articleUrl(world, article),
        cover: cover ? pictureUrl(world, cover) : '',
      };
    });
  }

  /** The page of a sent article whose message was deleted. */
  takeDown(slug: string): void {
    this.#pages.delete(slug);
  }

  page(slug: string): Article | undefined {
    return this.#pages.get(slug);
  }

  readArticle(world: World, item: Json | undefined): Article {
    if (!isObject(item)) throw new Refusal(44003);
    const title = textOf(item, 'title');
    if (title === '' || characters(title) > 64) throw new Refusal(45003);
    const author = textOf(item, 'author');
    if (characters(author) > 16) throw new Refusal(45110);
    const digest = textOf(item, 'digest');
    if (characters(digest) > 128) throw new Refusal(45004);
    const content = textOf(item, 'content');
    if (content === '') throw new Refusal(44004);
    if (characters(content) >= 20_000 || Buffer.byteLength(content) > 1024 * 1024) throw new Refusal(45002);
    const cleaned = onlyOwnPictures(world, content);
    const thumb = textOf(item, 'thumb_media_id');
    if (!this.#media.get(thumb, world.now())?.permanent) throw new Refusal(40007);
    const source = textOf(item, 'content_source_url');
    if (Buffer.byteLength(source) > 1024) throw new Refusal(40039);
    return {
      title,
      author,
      digest: digest || firstWords(cleaned),
      content: cleaned,
      content_source_url: source,
      thumb_media_id: thumb,
      need_open_comment: integerOf(item, 'need_open_comment') ?? 0,
      only_fans_can_comment: integerOf(item, 'only_fans_can_comment') ?? 0,
      slug: randomText(22),
    };
  }
}

function firstWords(html: string): string {
  const text = html
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return [...text].slice(0, 54).join('');
}

/** Scripts are removed, and pictures that were not uploaded here lose their address, as the platform does. */
function onlyOwnPictures(world: World, html: string): string {
  return html
    .replace(/<script[\s\S]*?<\/script>/gi, '')
    .replace(/(<img[^>]*?)\ssrc=(["'])(.*?)\2/gi, (whole, head: string, _quote, address: string) =>
      address.startsWith(`${world.baseUrl}/mmbiz/`) ? whole : head,
    );
}

export const articleUrl = (world: World, article: Article) => `${world.baseUrl}/s/${article.slug}`;

/** Articles as the draft box and published lists print them. */
export function printed(world: World, articles: Article[]): JsonObject[] {
  return articles.map(({ slug, ...article }) => ({ ...article, url: `${world.baseUrl}/s/${slug}` }));
}

/** Offset and count of a list call; at most 20 at once. */
export function paging(body: JsonObject): { offset: number; count: number } {
  const offset = integerOf(body, 'offset') ?? -1;
  const count = integerOf(body, 'count') ?? 0;
  if (offset < 0 || count < 1 || count > 20) throw new Refusal(40035);
  return { offset, count };
}
