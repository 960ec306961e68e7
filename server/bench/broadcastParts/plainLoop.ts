import CoWechatApi from 'co-wechat-api';
import { accountKeys } from '../../testing/accountKeys.ts';

/** What the usual code does: co-wechat-api as it comes, one follower after the other. Messages a second. */
export async function plainLoop(
  base: string,
  openids: readonly string[],
  templateId: string,
  data: Readonly<Record<string, string>>,
): Promise<number> {
  const Plain = CoWechatApi as unknown as new (
    appid: string,
    secret: string,
  ) => {
    prefix: string;
    sendTemplate(
      openid: string,
      templateId: string,
      url: string,
      color: string,
      data: object,
    ): Promise<unknown>;
  };
  const api = new Plain(accountKeys.appid, accountKeys.secret);
  api.prefix = `${base}/cgi-bin/`;
  const fields = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, { value }]));
  await api.sendTemplate(openids[0]!, templateId, '', '', fields); // the token
  const begun = performance.now();
  for (const openid of openids) await api.sendTemplate(openid, templateId, '', '', fields);
  return openids.length / ((performance.now() - begun) / 1000);
}
