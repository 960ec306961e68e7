import { createHash } from 'node:crypto';
import { HallError } from '../../kernel/http/hallError.ts';
import { WechatError } from '../../wechat/official-account/errors.ts';
import type { MassMedia, OfficialAccount } from '../../wechat/official-account/port.ts';
import { picturesIn, textOfArticle, withAddresses } from './articleHtml.ts';
import { broadcastsErrors, type Content } from './contract.ts';
import { type Broadcast, BroadcastModel } from './model.ts';
import { addressOf, mediaIdOf } from './pictures.ts';

type MediaContent = Extract<Content, { kind: 'picture' | 'article' }>;

export const isMedia = (content: Content): content is MediaContent =>
  content.kind === 'picture' || content.kind === 'article';

const printOf = (content: Content): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64url');

/** What WeChat holds of exactly this content, if it was prepared. */
export const preparedMedia = ({
  content,
  prepared,
}: Pick<Broadcast, 'content' | 'prepared'>): MassMedia | null =>
  prepared && prepared.of === printOf(content) ? prepared.media : null;

/**
 * Gives a picture or an article to WeChat (the article as a draft), once for a content. A test send and the approval
 * both need it; an edit makes the next one prepare anew. Errors: `media_refused`, with WeChat's code.
 */
export async function prepareMedia(account: OfficialAccount, broadcast: Broadcast): Promise<MassMedia> {
  const { content } = broadcast;
  if (!isMedia(content)) throw new Error(`a ${content.kind} needs no preparation`);
  const ready = preparedMedia(broadcast);
  if (ready) return ready;
  try {
    const media =
      content.kind === 'picture' ? await picture(account, content) : await article(account, content);
    const prepared = { of: printOf(content), media };
    // Of two at once the first one's stays; after an edit in between none is stored.
    await BroadcastModel.updateOne(
      { _id: broadcast._id, version: broadcast.version, 'prepared.of': { $ne: prepared.of } },
      { $set: { prepared } },
    );
    return media;
  } catch (error) {
    if (!(error instanceof WechatError)) throw error;
    throw new HallError(broadcastsErrors.mediaRefused, { details: { code: error.errcode } });
  }
}

async function picture(
  account: OfficialAccount,
  { pictureId }: Extract<Content, { kind: 'picture' }>,
): Promise<MassMedia> {
  return { kind: 'picture', mediaId: await mediaIdOf(account, pictureId) };
}

async function article(
  account: OfficialAccount,
  { title, author, digest, body, coverId }: Extract<Content, { kind: 'article' }>,
): Promise<MassMedia> {
  const addresses = new Map<string, string>();
  for (const id of picturesIn(body)) addresses.set(id, await addressOf(account, id));
  const draft = {
    ...{ title, author, digest: digest || [...textOfArticle(body)].slice(0, 54).join('') },
    content: withAddresses(body, addresses),
    coverMediaId: await mediaIdOf(account, coverId),
  };
  return { kind: 'article', mediaId: await account.addDraft([draft]) };
}
