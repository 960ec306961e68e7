import { z } from 'zod';
import { AccessToken } from './accessToken.ts';
import { SharedTokenApi } from './api.ts';
import { WechatError } from './errors.ts';
import type {
  FollowerPage,
  MassAudience,
  MassMedia,
  MatchRule,
  MenuButton,
  OfficialAccount,
  Tag,
} from './port.ts';
import { Transport } from './transport.ts';

export interface OfficialAccountOptions {
  /** WECHAT_API_BASE */
  readonly base: string;
  readonly appid: string;
  readonly secret: string;
  /** The mini-program that template cards open. */
  readonly miniProgramAppid: string;
  readonly now?: () => Date;
  /** Calls at once. Broadcasts and single notices use a client each, so that neither waits for the other's sockets. */
  readonly connections?: number;
  readonly timeoutMs?: number;
}

export type ClosableOfficialAccount = OfficialAccount & { close(): Promise<void> };

/** The official account over HTTP. */
export function connectOfficialAccount(options: OfficialAccountOptions): ClosableOfficialAccount {
  const transport = new Transport({
    base: options.base,
    ...(options.connections !== undefined && { connections: options.connections }),
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
  });
  const tokens = new AccessToken({
    appid: options.appid,
    fetch: stableToken(transport, options.appid, options.secret),
    ...(options.now && { now: options.now }),
  });
  const api = new SharedTokenApi(options.appid, tokens, transport);
  return { ...officialAccount(api, options.miniProgramAppid), close: () => transport.close() };
}

const TokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** Fetches a token by /cgi-bin/stable_token, for any appid. */
export const stableToken =
  (transport: Transport, appid: string, secret: string) =>
  async (force: boolean): Promise<{ token: string; expiresInSeconds: number }> => {
    const body = { grant_type: 'client_credential', appid, secret, force_refresh: force };
    const target = '/cgi-bin/stable_token';
    const answer = read(
      TokenAnswer,
      target,
      await transport.call({ method: 'POST', target, body: JSON.stringify(body) }),
    );
    return { token: answer.access_token, expiresInSeconds: answer.expires_in };
  };

const Id = z.union([z.string(), z.number()]).transform(String);
const MsgId = z.object({ msgid: Id });
const MassId = z.object({ msg_id: Id });
const Templates = z.object({
  template_list: z.array(z.object({ template_id: z.string(), title: z.string(), content: z.string() })),
});
const Followers = z.object({
  total: z.number().optional(),
  data: z.object({ openid: z.array(z.string()) }).optional(),
  next_openid: z.string().default(''),
});
const People = z.object({
  user_info_list: z.array(
    z.object({
      openid: z.string(),
      subscribe: z.number(),
      unionid: z.string().optional(),
      tagid_list: z.array(z.number()).default([]),
    }),
  ),
});
const WireTag = z.object({ id: z.number(), name: z.string(), count: z.number().default(0) });
const QuotaAnswer = z.object({
  quota: z.object({ daily_limit: z.number(), used: z.number(), remain: z.number() }),
  rate_limit: z.object({ call_count: z.number(), refresh_second: z.number() }).optional(),
});
const Buttons = z.object({ button: z.array(z.custom<MenuButton>()) });
const Menus = z.object({
  menu: Buttons.optional(),
  conditionalmenu: z.array(Buttons.extend({ menuid: Id, matchrule: z.custom<MatchRule>() })).default([]),
});
const Qr = z.object({ ticket: z.string(), url: z.string() });
const MassStatus = z.object({ msg_status: z.string() });

function officialAccount(api: SharedTokenApi, miniProgramAppid: string): OfficialAccount {
  return {
    async sendTemplate({ openid, templateId, data, page, clientMsgId }) {
      const answer = await api.post('message/template/send', {
        touser: openid,
        template_id: templateId,
        client_msg_id: clientMsgId,
        ...(page !== null && { miniprogram: { appid: miniProgramAppid, pagepath: page } }),
        data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, { value }])),
      });
      return { msgId: read(MsgId, 'message/template/send', answer).msgid };
    },
    async templates() {
      const answer = read(Templates, 'template/get_all_private_template', await api.getAllPrivateTemplate());
      return answer.template_list.map(({ template_id, title, content }) => ({
        id: template_id,
        title,
        fields: [...content.matchAll(/([^\n{}]*?)[:：]?\s*\{\{(\w+)\.DATA\}\}/g)].map(([, label, key]) => ({
          key: key!,
          label: label!.trim(),
        })),
      }));
    },
    async addTemplate(shortId, keywords) {
      const answer = await api.post('template/api_add_template', {
        template_id_short: shortId,
        keyword_name_list: keywords,
      });
      return read(z.object({ template_id: z.string() }), 'template/api_add_template', answer).template_id;
    },

    massText: ({ text, ...rest }) => sendMass(api, { ...rest, msgtype: 'text', text: { content: text } }),
    massMedia: ({ media, ...rest }) => sendMass(api, { ...rest, ...mediaBody(media) }),
    async previewMedia(openid, media) {
      const { images: _, ...body } = mediaBody(media);
      const picture = media.kind === 'picture' && { msgtype: 'image', image: { media_id: media.mediaId } };
      await api.post('message/mass/preview', { touser: openid, ...body, ...picture });
    },
    async keepPicture(file) {
      const answer = await api.upload('material/add_material', '&type=image', file);
      const { media_id, url } = read(Material, 'material/add_material', answer);
      return { mediaId: media_id, url };
    },
    async uploadArticlePicture(file) {
      const answer = await api.upload('media/uploadimg', '', file);
      return read(z.object({ url: z.string() }), 'media/uploadimg', answer).url;
    },
    async addDraft(articles) {
      const answer = await api.post('draft/add', {
        articles: articles.map(({ coverMediaId, ...rest }) => ({ ...rest, thumb_media_id: coverMediaId })),
      });
      return read(z.object({ media_id: z.string() }), 'draft/add', answer).media_id;
    },
    async massResult(msgId) {
      const { msg_status } = read(MassStatus, 'message/mass/get', await api.getMassMessageStatus(msgId));
      if (msg_status === 'SEND_SUCCESS') return 'sent';
      if (msg_status === 'SEND_FAIL') return 'failed';
      return msg_status === 'DELETE' ? 'deleted' : 'sending';
    },
    async previewText(openid, text) {
      await api.previewText(openid, text);
    },
    async sendText(openid, text) {
      await api.sendText(openid, text);
    },

    async followers(after) {
      return followerPage(read(Followers, 'user/get', await api.getFollowers(after ?? '')));
    },
    async followersWithTag(tagId, after) {
      return followerPage(read(Followers, 'user/tag/get', await api.getUsersFromTag(tagId, after ?? '')));
    },
    async people(openids) {
      const answer = read(People, 'user/info/batchget', await api.batchGetUsers(openids));
      return answer.user_info_list.map((each) => ({
        openid: each.openid,
        follows: each.subscribe === 1,
        unionid: each.unionid || null,
        tagIds: each.tagid_list,
      }));
    },

    async tags(): Promise<readonly Tag[]> {
      return read(z.object({ tags: z.array(WireTag) }), 'tags/get', await api.getTags()).tags;
    },
    async createTag(name) {
      return read(z.object({ tag: WireTag }), 'tags/create', await api.createTags(name)).tag;
    },
    async renameTag(id, name) {
      await api.updateTag(id, name);
    },
    async deleteTag(id) {
      await api.deleteTag(id);
    },
    async tagPeople(tagId, openids) {
      await api.batchTagging(openids, tagId);
    },
    async untagPeople(tagId, openids) {
      await api.batchUnTagging(openids, tagId);
    },

    async quota(path) {
      const answer = read(
        QuotaAnswer,
        'openapi/quota/get',
        await api.post('openapi/quota/get', { cgi_path: path }),
      );
      const { quota, rate_limit: rate } = answer;
      return {
        dailyLimit: quota.daily_limit,
        used: quota.used,
        remain: quota.remain,
        rate: rate && rate.call_count > 0 ? { calls: rate.call_count, seconds: rate.refresh_second } : null,
      };
    },

    async createMenu(buttons) {
      await api.createMenu({ button: buttons });
    },
    async createPersonalMenu(buttons, rule) {
      const answer = await api.addConditionalMenu({ button: buttons, matchrule: rule });
      return read(z.object({ menuid: Id }), 'menu/addconditional', answer).menuid;
    },
    async deletePersonalMenu(menuId) {
      await api.delConditionalMenu(menuId);
    },
    async menus() {
      try {
        const { menu, conditionalmenu } = read(Menus, 'menu/get', await api.getMenu());
        const personal = conditionalmenu.map(({ menuid, button, matchrule }) => ({
          id: menuid,
          buttons: button,
          rule: matchrule,
        }));
        return { buttons: menu?.button ?? null, personal };
      } catch (error) {
        if (error instanceof WechatError && error.errcode === 46003) return { buttons: null, personal: [] };
        throw error;
      }
    },
    async createQrCode(scene, validSeconds) {
      const answer =
        validSeconds === null
          ? await api.createLimitQRCode(scene)
          : await api.createTmpQRCode(scene, Math.min(validSeconds, 2_592_000));
      return read(Qr, 'qrcode/create', answer);
    },
  };
}

const Material = z.object({ media_id: z.string(), url: z.string() });

/** A mass send takes pictures in the plural, with the words shown below them and whether comments are open. */
const mediaBody = ({ kind, mediaId }: MassMedia): Record<string, unknown> =>
  kind === 'article'
    ? { msgtype: 'mpnews', mpnews: { media_id: mediaId }, send_ignore_reprint: 0 }
    : { msgtype: 'image', images: { media_ids: [mediaId], recommend: '', need_open_comment: 0 } };

/** Errors as WeChat has them; a repeat within 24 hours is none: it answers the first one's id. */
async function sendMass(
  api: SharedTokenApi,
  message: { audience: MassAudience; clientMsgId: string; [part: string]: unknown },
): Promise<{ msgId: string }> {
  const { audience, clientMsgId, ...body } = message;
  const filter = audience.kind === 'all' ? { is_to_all: true } : { is_to_all: false, tag_id: audience.tagId };
  try {
    const answer = await api.post('message/mass/sendall', { filter, ...body, clientmsgid: clientMsgId });
    return { msgId: read(MassId, 'message/mass/sendall', answer).msg_id };
  } catch (error) {
    if (!(error instanceof WechatError) || error.kind !== 'duplicate') throw error;
    return { msgId: read(MassId, 'message/mass/sendall', error.extra).msg_id };
  }
}

/** The list ends where `next_openid` is empty, or where a page has nobody. */
function followerPage(answer: z.output<typeof Followers>): FollowerPage {
  const openids = answer.data?.openid ?? [];
  return {
    total: answer.total ?? null,
    openids,
    next: openids.length > 0 && answer.next_openid !== '' ? answer.next_openid : null,
  };
}

function read<T extends z.ZodType>(schema: T, path: string, answer: unknown): z.output<T> {
  const result = schema.safeParse(answer);
  if (!result.success) throw new WechatError(null, 'unknown', path, 'an answer of an unexpected shape');
  return result.data;
}
