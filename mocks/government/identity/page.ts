import type { Account } from './accounts.ts';

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const style = `
  :root { --ink: #1d2b3a; --quiet: #5d6b7a; --line: #dde3ea; --main: #1f5fae; --soft: #edf3fb; --ground: #f5f7fa }
  * { box-sizing: border-box }
  body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif }
  header { background: var(--main); color: #fff; padding: 1.1rem 1.25rem }
  header b { display: block; font-size: 1.1rem; letter-spacing: .03em }
  header span { font-size: .85rem; opacity: .85 }
  main { max-width: 30rem; margin: 0 auto; padding: 1.25rem }
  h1 { font-size: 1.25rem; margin: .25rem 0 .25rem }
  h2 { font-size: .95rem; margin: 1.5rem 0 .5rem; color: var(--quiet); font-weight: 600 }
  p { margin: 0 0 .75rem } .note { color: var(--quiet); font-size: .9rem }
  .who { display: flex; gap: .75rem; align-items: center; padding: .8rem .9rem; background: #fff; border: 1px solid var(--line); border-radius: .6rem; margin-bottom: .5rem; cursor: pointer }
  .who:has(input:checked) { border-color: var(--main); background: var(--soft) }
  .who input { accent-color: var(--main); width: 1.15rem; height: 1.15rem; margin: 0; flex: none }
  .who b { font-weight: 600 } .who small { display: block; color: var(--quiet); font-size: .85rem }
  .who i { margin-left: auto; font-style: normal; font-size: .8rem; color: var(--main); white-space: nowrap }
  ul { margin: 0; padding: .8rem .9rem .8rem 2rem; background: #fff; border: 1px solid var(--line); border-radius: .6rem }
  details summary { cursor: pointer; color: var(--main); padding: .5rem 0 }
  input[type=text] { width: 100%; padding: .7rem .8rem; border: 1px solid var(--line); border-radius: .5rem; font: inherit }
  button { width: 100%; min-height: 48px; border: 0; border-radius: .6rem; font: inherit; font-weight: 600; cursor: pointer }
  .yes { background: var(--main); color: #fff; margin-top: 1.25rem } .no { background: transparent; color: var(--quiet) }
  footer { text-align: center; color: var(--quiet); font-size: .8rem; padding: 1rem }
`;

const frame = (title: string, inside: string): string => `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
<header><b>统一身份认证平台</b><span>广东省政务服务</span></header>
<main>${inside}</main>
<footer>演示环境，账号均为虚构</footer>
</html>
`;

const levelNames = { L0: '二级', L1: '三级', L2: '四级', L3: '五级' } as const;

function masked(account: Account): string {
  const { idNumber } = account;
  return account.kind === 'enterprise'
    ? `${idNumber.slice(0, 4)}****${idNumber.slice(-4)}`
    : `${idNumber.slice(0, 3)}***********${idNumber.slice(-4)}`;
}

const card = (account: Account, chosen: boolean): string => `
  <label class="who">
    <input type="radio" name="account" value="${escaped(account.uid)}" data-testid="account-${escaped(account.uid)}"${chosen ? ' checked' : ''}>
    <span><b>${escaped(account.name)}</b><small>${masked(account)} · ${escaped(account.about)}</small></span>
    <i>${levelNames[account.level]}</i>
  </label>`;

/** Where the person says which account, and agrees that the hall learns who they are. */
export function authorisePage(
  accounts: readonly Account[],
  query: URLSearchParams,
  chosenUid: string,
): string {
  const hidden = [...query]
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
    .join('');
  const listed = (kind: Account['kind']): string =>
    accounts
      .filter((account) => account.kind === kind)
      .map((account) => card(account, account.uid === chosenUid))
      .join('');
  const own = accounts.find((account) => account.uid === chosenUid);
  const personal = own
    ? `${card(own, true)}<details><summary>换一个账号</summary>${accounts
        .filter((account) => account.kind === 'personal' && account !== own)
        .map((account) => card(account, false))
        .join('')}</details>`
    : listed('personal');
  return frame(
    '登录授权',
    `<h1>登录增城区政务服务大厅</h1>
    <p class="note">请确认用哪个账号登录</p>
    <form method="post" action="confirm">${hidden}
      <h2>个人账号</h2>${personal}
      <h2>法人账号</h2>${listed('enterprise')}
      <details><summary>用账号名登录</summary><input type="text" name="uid" placeholder="账号名" autocomplete="off"></details>
      <h2>大厅将得到</h2>
      <ul><li>姓名和证件号码</li><li>手机号码</li><li>实名等级</li></ul>
      <button class="yes" name="agree" value="yes" data-testid="identity-agree">同意并登录</button>
      <button class="no" name="agree" value="no" data-testid="identity-refuse">不同意</button>
    </form>`,
  );
}

/** The platform cannot go on: wrong client, address not registered, unknown account. */
export const refusalPage = (words: string, detail: string): string =>
  frame('无法登录', `<h1>${escaped(words)}</h1><p class="note">${escaped(detail)}</p>`);
