import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type Router from 'koa-router';
import { plainPage } from '../api/pages.ts';

const built = fileURLToPath(new URL('../phone/dist', import.meta.url));

/** The built phone page below /phone/. Hashed files may be kept for ever, the page itself never. */
export function routePhoneFiles(router: Router, directory = built): void {
  router.get('/', (ctx) => ctx.redirect('/phone/'));
  router.get(/^\/phone(?:\/(.*))?$/, async (ctx) => {
    if (ctx.path === '/phone') return ctx.redirect('/phone/');
    const wanted = path.normalize(decodeURIComponent(ctx.path.slice('/phone/'.length))) || 'index.html';
    const file = path.join(directory, wanted === '.' ? 'index.html' : wanted);
    if (file !== directory && !file.startsWith(directory + path.sep)) ctx.throw(404);
    try {
      ctx.body = await readFile(file);
      ctx.type = path.extname(file);
      ctx.set(
        'Cache-Control',
        file.includes(`${path.sep}assets${path.sep}`) ? 'max-age=31536000, immutable' : 'no-cache',
      );
    } catch {
      ctx.status = path.extname(file) === '.html' ? 503 : 404;
      ctx.type = 'html';
      ctx.body = plainPage(
        '手机页面',
        '<p class="big">手机页面还没有构建</p><p>请先运行 npm run build:phone</p>',
      );
    }
  });
}
