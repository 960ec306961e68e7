import type { Context, Middleware } from 'koa';

/** Reads the body as bytes and text; JSON and forms are taken apart by whoever wants them. */
export const readBody: Middleware = async (ctx, next) => {
  if (ctx.method === 'POST' || ctx.method === 'PUT') {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > 10_000_000) {
        ctx.status = 413;
        return;
      }
      chunks.push(chunk);
    }
    ctx.state['bytes'] = Buffer.concat(chunks);
    ctx.state['body'] = Buffer.concat(chunks).toString('utf8');
  }
  await next();
};

export const formOf = (ctx: Context): URLSearchParams =>
  new URLSearchParams((ctx.state['body'] as string) ?? '');

export function jsonOf(ctx: Context): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse((ctx.state['body'] as string) || '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
