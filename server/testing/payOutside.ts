import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { paySettings } from '../../mocks/launcher/paySettings.ts';
import { startWechatPay, type WechatPay } from '../../mocks/wechat-pay/server.ts';

export type { WechatPay } from '../../mocks/wechat-pay/server.ts';

/** WeChat Pay around a test's hall, with keys in a folder of its own; repeats its notices a thousand times faster. */
export async function startPayOutside(appids: readonly string[]): Promise<{
  readonly pay: WechatPay;
  readonly environment: Record<string, string>;
  close(): Promise<void>;
}> {
  const dir = mkdtempSync(path.join(tmpdir(), 'hall-pay-'));
  const pay = await startWechatPay({ appids, dir, allowPrivateNotify: true, noticeSpeed: 1000 });
  return {
    pay,
    environment: paySettings(dir, pay.url),
    close: async () => {
      await pay.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
