import type Router from 'koa-router';
import type { Drafts } from './drafts.ts';
import { escapeHtml, plainPage } from './pages.ts';

/** The page a reader sees when an article is opened. */
export function routeArticles(router: Router, drafts: Drafts): void {
  router.get('/s/:slug', (ctx) => {
    const article = drafts.page(String(ctx.params['slug']));
    ctx.type = 'html';
    if (!article) {
      ctx.status = 404;
      ctx.body = plainPage('文章', '<p class="big">该内容已被发布者删除</p>');
      return;
    }
    const source = article.content_source_url
      ? `<p><a class="quiet" href="${escapeHtml(article.content_source_url)}">阅读原文</a></p>`
      : '';
    ctx.body = plainPage(
      article.title,
      `<h1>${escapeHtml(article.title)}</h1><p class="note">${escapeHtml(article.author)} 增城政务服务</p>
       <article>${article.content}</article>${source}`,
    );
  });
}
