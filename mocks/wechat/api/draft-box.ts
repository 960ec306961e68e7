import type { Endpoint } from '../core/api.ts';
import { ok } from '../core/api.ts';
import { Refusal } from '../core/errors.ts';
import { integerOf, listOf, objectOf, textOf } from '../core/json.ts';
import { seconds } from '../core/local-time.ts';
import { type Drafts, paging, printed } from './drafts.ts';

/** The draft box: articles wait here until they are sent or published. */
export function draftEndpoints(drafts: Drafts): Endpoint[] {
  return [
    {
      method: 'POST',
      path: '/cgi-bin/draft/add',
      token: 'oa',
      handle: ({ world, body }) => {
        const list = listOf(body, 'articles');
        if (!list?.length) throw new Refusal(44003);
        if (list.length > 8) throw new Refusal(45008);
        return {
          media_id: drafts.add(
            list.map((item) => drafts.readArticle(world, item)),
            world.now(),
          ).id,
        };
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/draft/get',
      token: 'oa',
      handle: ({ world, body }) => {
        const draft = drafts.get(textOf(body, 'media_id'));
        return { news_item: printed(world, draft.articles), create_time: draft.at, update_time: draft.at };
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/draft/update',
      token: 'oa',
      handle: ({ world, body }) => {
        const draft = drafts.get(textOf(body, 'media_id'));
        const index = integerOf(body, 'index') ?? 0;
        const former = draft.articles[index];
        if (!former) throw new Refusal(40035);
        draft.articles[index] = {
          ...drafts.readArticle(world, objectOf(body, 'articles')),
          slug: former.slug,
        };
        drafts.save({ ...draft, at: seconds(world.now()) });
        return ok();
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/draft/delete',
      token: 'oa',
      handle: ({ body }) => {
        drafts.use(drafts.get(textOf(body, 'media_id')).id);
        return ok();
      },
    },
    {
      method: 'GET',
      path: '/cgi-bin/draft/count',
      token: 'oa',
      handle: () => ({ total_count: drafts.all().length }),
    },
    {
      method: 'POST',
      path: '/cgi-bin/draft/batchget',
      token: 'oa',
      handle: ({ world, body }) => {
        const { offset, count } = paging(body);
        const all = drafts.all();
        const item = all.slice(offset, offset + count).map((draft) => ({
          media_id: draft.id,
          content: {
            news_item: printed(world, draft.articles),
            create_time: draft.at,
            update_time: draft.at,
          },
          update_time: draft.at,
        }));
        return { total_count: all.length, item_count: item.length, item };
      },
    },
  ];
}
