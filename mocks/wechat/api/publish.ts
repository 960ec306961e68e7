import type { Endpoint } from '../core/api.ts';
import { ok } from '../core/api.ts';
import { Refusal } from '../core/errors.ts';
import { textOf } from '../core/json.ts';
import { articleUrl, type Drafts, paging, printed } from './drafts.ts';

/** Publishing without a message: answered at once, the result comes by event. */
export function publishEndpoints(drafts: Drafts): Endpoint[] {
  return [
    {
      method: 'POST',
      path: '/cgi-bin/freepublish/submit',
      token: 'oa',
      handle: ({ world, body }) => {
        const draft = drafts.get(textOf(body, 'media_id'));
        const msgId = world.messageIds.next(world.now());
        const publication = drafts.publish(draft, msgId, world.now());
        world.delivery.notify({
          ...world.pushHead('', 'event'),
          Event: 'PUBLISHJOBFINISH',
          PublishEventInfo: {
            publish_id: publication.id,
            publish_status: 0,
            article_id: publication.articleId,
            article_detail: {
              count: publication.articles.length,
              item: publication.articles.map((article, index) => ({
                idx: index + 1,
                article_url: articleUrl(world, article),
              })),
            },
          },
        });
        return ok({ publish_id: publication.id, msg_data_id: msgId });
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/freepublish/get',
      token: 'oa',
      handle: ({ world, body }) => {
        const publication = drafts.published().find((one) => one.id === textOf(body, 'publish_id'));
        if (!publication) throw new Refusal(53404);
        return {
          publish_id: publication.id,
          publish_status: 0,
          article_id: publication.articleId,
          article_detail: {
            count: publication.articles.length,
            item: publication.articles.map((article, index) => ({
              idx: index + 1,
              article_url: articleUrl(world, article),
            })),
          },
          fail_idx: [],
        };
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/freepublish/getarticle',
      token: 'oa',
      handle: ({ world, body }) => {
        const publication = drafts.published().find((one) => one.articleId === textOf(body, 'article_id'));
        if (!publication) throw new Refusal(40007);
        return { news_item: printed(world, publication.articles) };
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/freepublish/delete',
      token: 'oa',
      handle: ({ body }) => {
        const publication = drafts.published().find((one) => one.articleId === textOf(body, 'article_id'));
        if (!publication) throw new Refusal(40007);
        drafts.removePublished(publication.id);
        return ok();
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/freepublish/batchget',
      token: 'oa',
      handle: ({ world, body }) => {
        const { offset, count } = paging(body);
        const all = drafts.published();
        const item = all.slice(offset, offset + count).map((one) => ({
          article_id: one.articleId,
          content: { news_item: printed(world, one.articles), create_time: one.at, update_time: one.at },
          update_time: one.at,
        }));
        return { total_count: all.length, item_count: item.length, item };
      },
    },
  ];
}
