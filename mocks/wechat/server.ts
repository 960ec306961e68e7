import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import Router from 'koa-router';
import { citizens } from './citizens.ts';
import { routeAdminPage } from './control/admin-page.ts';
import { applyProfile, routeControls } from './control/routes.ts';
import type { Profile } from './core/faults.ts';
import type { ChatMessage } from './people/inbox.ts';
import type { Ledger } from './people/ledger.ts';
import { routePhoneFiles } from './phone-api/files.ts';
import { routePhone } from './phone-api/routes.ts';
import { Platform } from './platform.ts';
import { type WechatOptions, World } from './world.ts';

export type { WechatOptions } from './world.ts';

/** A running stand-in. The controls do in process what `/__mock/wechat/*` does over HTTP. */
export type Wechat = {
  url: string;
  platform: Platform;
  /** Where events go from now on; for tests whose callback gets its port later. */
  setCallback(url: string): void;
  setProfile(profile: Profile): void;
  /** A fresh wx.login code of a citizen, as the mini-program gets it. */
  loginCode(citizen: string): string;
  phoneCode(citizen: string): string;
  /** All messages in a citizen's chat with the account, oldest first. */
  messages(citizen: string, chat?: ChatMessage['chat']): ChatMessage[];
  ledger(filter?: Parameters<Ledger['report']>[0]): ReturnType<Ledger['report']>;
  /** Resolves when every event has been delivered or given up. */
  settled(): Promise<void>;
  reset(): void;
  close(): Promise<void>;
};

export async function startWechat(options: WechatOptions): Promise<Wechat> {
  const world = new World(options);
  const platform = new Platform(world);
  const app = new Koa();
  app.proxy = false;
  const router = new Router();
  platform.routePages(router);
  routeControls(router, platform);
  routeAdminPage(router, platform);
  routePhone(router, platform);
  routePhoneFiles(router);
  // An address WeChat does not have answers 404 with an empty page, as api.weixin.qq.com does.
  app.use(platform.interfaces());
  app.use(router.routes());
  const server = createServer(app.callback());
  const host = options.host ?? '127.0.0.1';
  await listen(server, options.port ?? 0, host);
  world.baseUrl = `http://${host}:${(server.address() as AddressInfo).port}`;

  const known = (citizen: string) => {
    if (!citizens.some((one) => one.id === citizen)) throw new Error(`no demo citizen ${citizen}`);
    return { citizen };
  };
  return {
    url: world.baseUrl,
    platform,
    setCallback: (url) => {
      const { appid, token, aesKey } = options.officialAccount;
      world.delivery.point({ url, appid, token, aesKey });
    },
    setProfile: (profile) => applyProfile(platform, profile),
    loginCode: (citizen) => platform.loginCodes.make(known(citizen), world.now()),
    phoneCode: (citizen) => platform.phoneCodes.make(known(citizen), world.now()),
    messages: (citizen, chat = 'account') =>
      world.inbox.of(known(citizen).citizen).filter((message) => message.chat === chat),
    ledger: (filter) => world.ledger.report(filter),
    settled: () => world.delivery.settled(),
    reset: () => platform.reset(),
    close: async () => {
      world.faults.release();
      world.inbox.changes.emit('close');
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await world.delivery.close();
      server.closeAllConnections();
      await closed;
      world.quota.save();
      await world.store.close();
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
