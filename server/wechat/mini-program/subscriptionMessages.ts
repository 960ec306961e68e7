import { z } from 'zod';
import type { AccessToken } from '../official-account/accessToken.ts';
import { WechatError } from '../official-account/errors.ts';
import type { Transport } from '../official-account/transport.ts';

export interface ProgramTemplate {
  readonly id: string;
  readonly title: string;
  readonly fields: readonly { readonly key: string; readonly label: string }[];
  /** One consent is good for all messages to come; WeChat offers it to government services. */
  readonly longTerm: boolean;
}

/** The mini-program's subscription messages (订阅消息). Calls may throw a `WechatError`. */
export interface SubscriptionMessages {
  templates(): Promise<readonly ProgramTemplate[]>;
  /** Adds a template of the category's library with these keywords in this order; answers its id. */
  addTemplate(shortId: string, keywords: readonly string[]): Promise<string>;
  /** Needs a consent of the person (43101). There is no id against repeats: never call it again for one message. */
  send(message: {
    openid: string;
    templateId: string;
    data: Readonly<Record<string, string>>;
    page: string | null;
  }): Promise<void>;
}

const List = z.object({
  data: z.array(
    z.object({ priTmplId: z.string(), title: z.string(), content: z.string(), type: z.number() }),
  ),
});
const Keywords = z.object({ data: z.array(z.object({ kid: z.number(), name: z.string() })) });
const Added = z.object({ priTmplId: z.string() });

export function createSubscriptionMessages(options: {
  readonly transport: Transport;
  readonly tokens: AccessToken;
}): SubscriptionMessages {
  const { transport, tokens } = options;

  async function call(path: string, query: Record<string, string>, body?: object): Promise<unknown> {
    const once = (token: string): Promise<unknown> =>
      transport.call({
        method: body ? 'POST' : 'GET',
        target: `${path}?${new URLSearchParams({ access_token: token, ...query })}`,
        body: body && JSON.stringify(body),
      });
    const token = await tokens.get();
    try {
      return await once(token);
    } catch (error) {
      if (!(error instanceof WechatError) || error.kind !== 'refresh') throw error;
      return once(await tokens.replace(token));
    }
  }

  return {
    async templates() {
      const { data } = List.parse(await call('/wxaapi/newtmpl/gettemplate', {}));
      return data.map(({ priTmplId, title, content, type }) => ({
        id: priTmplId,
        title,
        fields: [...content.matchAll(/([^\n{}]*?)[:：]?\s*\{\{(\w+)\.DATA\}\}/g)].map(([, label, key]) => ({
          key: key!,
          label: label!.trim(),
        })),
        longTerm: type === 3,
      }));
    },
    async addTemplate(shortId, keywords) {
      const known = Keywords.parse(
        await call('/wxaapi/newtmpl/getpubtemplatekeywords', { tid: shortId }),
      ).data;
      const kidList = keywords.map((name) => known.find((each) => each.name === name)?.kid);
      const body = { tid: shortId, kidList, sceneDesc: '政务服务办理提醒' };
      return Added.parse(await call('/wxaapi/newtmpl/addtemplate', {}, body)).priTmplId;
    },
    async send({ openid, templateId, data, page }) {
      await call(
        '/cgi-bin/message/subscribe/send',
        {},
        {
          touser: openid,
          template_id: templateId,
          ...(page !== null && { page }),
          data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, { value }])),
          miniprogram_state: 'formal',
          lang: 'zh_CN',
        },
      );
    },
  };
}
