import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import type { Middleware } from 'koa';
import mount from 'koa-mount';
import serve from 'koa-static';

const root = path.resolve(import.meta.dirname, '..');
const day = 24 * 3600_000;

/** The front ends the server hands out: the console under /console, the h5 mini-program under /h5. */
export const staticRooms = (): readonly Middleware[] => [
  singlePage('/console', path.join(root, 'server/console/dist')),
  singlePage('/h5', path.join(root, 'miniprogram/dist/h5')),
  toConsole,
];

/** Files with a hash in their name never change; everything else is asked for anew. */
function singlePage(prefix: string, directory: string): Middleware {
  const files = mount(
    prefix,
    serve(directory, {
      defer: false,
      setHeaders: (res, file) => {
        const hashed = /[.-][0-9A-Za-z_-]{8,}\.\w+$/.test(path.basename(file));
        res.setHeader(
          'Cache-Control',
          hashed ? `public, max-age=${(365 * day) / 1000}, immutable` : 'no-cache',
        );
      },
    }),
  );
  return async (ctx, next) => {
    if (ctx.path === prefix) return ctx.redirect(`${prefix}/`);
    if (!ctx.path.startsWith(`${prefix}/`)) return next();
    await files(ctx, async () => {});
    if (ctx.status !== 404 || path.extname(ctx.path) !== '') return;
    const index = path.join(directory, 'index.html');
    if (!existsSync(index)) {
      ctx.status = 503;
      ctx.body = 'This front end has not been built yet: run `npm run build`.';
      return;
    }
    ctx.type = 'html';
    ctx.set('Cache-Control', 'no-cache');
    ctx.body = createReadStream(index);
  };
}

/** A person who opens the bare address is staff; citizens come from WeChat. */
const toConsole: Middleware = (ctx, next) => (ctx.path === '/' ? ctx.redirect('/console/') : next());
