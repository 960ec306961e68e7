import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa, { type Middleware } from 'koa';
import { startWechat, type Wechat, type WechatOptions } from '../../mocks/wechat/server.ts';
import { accountKeys, programKeys } from './accountKeys.ts';

export { accountAt } from './officialAccountClient.ts';

/** The stand-in of WeChat with the demo citizens, and nothing that WeChat pushes going anywhere yet. */
export const startTestWechat = (options: Partial<WechatOptions> = {}): Promise<Wechat> =>
  startWechat({ officialAccount: accountKeys, miniProgram: programKeys, ...options });

/** One middleware behind a free port, e.g. the message callback. */
export async function listenWith(middleware: Middleware): Promise<{ url: string; close(): Promise<void> }> {
  const app = new Koa();
  app.silent = true;
  app.use(middleware);
  const server: Server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
