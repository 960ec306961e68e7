import type { HallError } from '../../kernel/http/hallError.ts';

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** What a browser shows when a sign-in on its way back from WeChat or the identity platform did not work out. */
export function failurePage(title: string, error: HallError, requestId: string, back: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
  body { margin: 0; background: #f4f7f7; color: #1c2b2e; font: 17px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif }
  main { max-width: 26rem; margin: 0 auto; padding: 4rem 1.5rem }
  h1 { margin: 0 0 .75rem; font-size: 1.4rem }
  p { margin: 0 0 1.5rem }
  a { display: block; padding: .8rem; border-radius: .5rem; background: #12606a; color: #fff; text-align: center; text-decoration: none }
  small { display: block; margin-top: 1.5rem; color: #5c6b6e; word-break: break-all }
</style>
<main>
  <h1>${escaped(title)}</h1>
  <p>${escaped(error.message)}</p>
  <a href="${escaped(back)}">返回</a>
  <small>编号 ${escaped(requestId)}</small>
</main>
</html>
`;
}
