import type { Reply } from './replyModel.ts';

/** What happened, as far as replies are chosen by it. */
export type Occasion =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'menu'; readonly key: string }
  | { readonly kind: 'follow' }
  | { readonly kind: 'scan'; readonly scene: string };

/**
 * The reply to an occasion: a word that is the whole text wins over one that is in it, a longer word over a shorter.
 * Null when none fits; `otherwise` is not chosen here.
 */
export function chooseReply(replies: readonly Reply[], occasion: Occasion): Reply | null {
  const ranked = replies
    .filter(({ enabled }) => enabled)
    .map((reply) => ({ reply, rank: rankOf(reply, occasion) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank);
  return ranked[0]?.reply ?? null;
}

function rankOf({ trigger }: Reply, occasion: Occasion): number {
  if (occasion.kind === 'text' && trigger.kind === 'keyword') {
    const text = plain(occasion.text);
    const fitting = trigger.words.map(plain).filter((word) => {
      return word === text || (trigger.mode === 'contains' && text.includes(word));
    });
    const longest = Math.max(0, ...fitting.map((word) => word.length));
    return fitting.includes(text) ? 1000 + longest : longest;
  }
  if (occasion.kind === 'menu' && trigger.kind === 'menu') return trigger.key === occasion.key ? 1 : 0;
  if (occasion.kind === 'scan' && trigger.kind === 'scan') {
    return occasion.scene.startsWith(trigger.scenePrefix) ? trigger.scenePrefix.length : 0;
  }
  return occasion.kind === 'follow' && trigger.kind === 'follow' ? 1 : 0;
}

/** Letters without case, without spaces and marks around: 「 人工！」 is 「人工」. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');

export interface FillNeeds {
  readonly miniProgramAppid: string;
  /** Address of the hall, no trailing slash; pages are below /h5/#/. */
  readonly publicUrl: string;
}

/**
 * Fills a reply: `{{open:pages/home/index|打开}}` becomes a link that opens the mini-program's page (an old WeChat opens
 * it in h5); `{{person}}` the masked name. The result fits WeChat's 2048 bytes.
 */
export function fillReply(text: string, personName: string | null, needs: FillNeeds): string {
  const filled = text
    .replaceAll('{{person}}', personName ?? '您')
    .replace(/\{\{open:([^|{}"<>]+)\|([^{}"<>]+)\}\}/g, (_, page: string, words: string) => {
      const href = `${needs.publicUrl}/h5/#/${page}`;
      return `<a href="${href}" data-miniprogram-appid="${needs.miniProgramAppid}" data-miniprogram-path="${page}">${words}</a>`;
    });
  return Buffer.byteLength(filled) <= 2048 ? filled : text.replace(/\{\{[^{}]*\}\}/g, '').slice(0, 680);
}
