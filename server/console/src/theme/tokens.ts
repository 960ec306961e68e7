/** One set of tokens for everything the hall shows; the mini-program's file holds them and tests their contrast. */
export { color } from '../../../../miniprogram/src/ui/tokens.ts';

/** px: the console is read at a desk, so its text is a step smaller than a phone's. */
export const size = { title: 22, section: 16, body: 14, note: 13, figure: 28 } as const;

export const fontFamily =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
