import type { MenuButton } from '../../wechat/official-account/port.ts';
import type { MenuItem, MenuLeaf, MenuSet } from './contract.ts';

export interface MenuNeeds {
  readonly miniProgramAppid: string;
  readonly publicUrl: string;
  /** Keys that have a reply. */
  readonly replyKeys: ReadonlySet<string>;
}

export interface Problem {
  readonly where: string;
  readonly message: string;
}

const bytes = (text: string): number => Buffer.byteLength(text);

/** Everything WeChat would refuse, or a citizen would stumble over. Source: WeChat, 自定义菜单. */
export function menuProblems(menu: MenuSet, needs: MenuNeeds): Problem[] {
  const problems = itemsProblems(menu.items, '默认菜单', needs);
  for (const { title, for: rule, items } of menu.personal) {
    if (rule.tagId === null && rule.platform === null) {
      problems.push({ where: title, message: '请选择这份菜单给谁看' });
    }
    problems.push(...itemsProblems(items, title, needs));
    const hosts = new Set(leaves(items).flatMap(hostOf));
    if (hosts.size > 3) problems.push({ where: title, message: '个性化菜单的链接最多涉及 3 个域名' });
  }
  return problems;
}

function itemsProblems(items: readonly MenuItem[], menu: string, needs: MenuNeeds): Problem[] {
  const problems: Problem[] = [];
  if (items.length < 1 || items.length > 3) {
    problems.push({ where: menu, message: '一级菜单要有 1 到 3 个' });
  }
  for (const item of items) {
    const where = `${menu} › ${item.name}`;
    if (bytes(item.name) > 16) problems.push({ where, message: '一级菜单名最多 5 个汉字（16 字节）' });
    else if ([...item.name].length > 4 && /\p{Script=Han}/u.test(item.name)) {
      problems.push({ where, message: '一级菜单名超过 4 个汉字会显示不全' });
    }
    if (item.kind !== 'group') {
      problems.push(...leafProblems(item, where, needs));
      continue;
    }
    if (item.items.length < 1 || item.items.length > 5) {
      problems.push({ where, message: '二级菜单要有 1 到 5 个' });
    }
    for (const leaf of item.items) {
      const below = `${where} › ${leaf.name}`;
      if (bytes(leaf.name) > 60)
        problems.push({ where: below, message: '二级菜单名最多 20 个汉字（60 字节）' });
      else if ([...leaf.name].length > 8)
        problems.push({ where: below, message: '二级菜单名超过 8 个字会显示不全' });
      problems.push(...leafProblems(leaf, below, needs));
    }
  }
  return problems;
}

function leafProblems(leaf: MenuLeaf, where: string, needs: MenuNeeds): Problem[] {
  const problem = (message: string): Problem[] => [{ where, message }];
  if (leaf.kind === 'page') {
    return /^(pages|packages)\/[\w/]+(\?[\w=&%.-]*)?$/.test(leaf.page) ? [] : problem('小程序页面路径不正确');
  }
  if (leaf.kind === 'link') {
    if (!/^https?:\/\//.test(leaf.url) || !URL.canParse(leaf.url)) return problem('链接要以 https:// 开头');
    return bytes(leaf.url) > 1024 ? problem('链接太长') : [];
  }
  return needs.replyKeys.has(leaf.key)
    ? []
    : problem(`没有标识为「${leaf.key}」的菜单回复，请先在自动回复里添加`);
}

const leaves = (items: readonly MenuItem[]): MenuLeaf[] =>
  items.flatMap((item) => (item.kind === 'group' ? item.items : [item]));

const hostOf = (leaf: MenuLeaf): string[] =>
  leaf.kind === 'link' && URL.canParse(leaf.url) ? [new URL(leaf.url).host] : [];

/** The menu in WeChat's own form. */
export function buttonsOf(items: readonly MenuItem[], needs: MenuNeeds): MenuButton[] {
  return items.map((item) =>
    item.kind === 'group'
      ? { name: item.name, sub_button: item.items.map((leaf) => buttonOf(leaf, needs)) }
      : buttonOf(item, needs),
  );
}

function buttonOf(leaf: MenuLeaf, { miniProgramAppid, publicUrl }: MenuNeeds): MenuButton {
  if (leaf.kind === 'link') return { name: leaf.name, type: 'view', url: leaf.url };
  if (leaf.kind === 'reply') return { name: leaf.name, type: 'click', key: leaf.key };
  return {
    name: leaf.name,
    type: 'miniprogram',
    appid: miniProgramAppid,
    pagepath: leaf.page,
    url: `${publicUrl}/h5/#/${leaf.page}`,
  };
}

export interface Change {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly where: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What publishing `after` would change for citizens. */
export function menuChanges(before: MenuSet | null, after: MenuSet): Change[] {
  const [old, next] = [entriesOf(before), entriesOf(after)];
  const changes: Change[] = [];
  for (const [where, text] of next) {
    const was = old.get(where);
    if (was === undefined) changes.push({ kind: 'added', where, before: null, after: text });
    else if (was !== text) changes.push({ kind: 'changed', where, before: was, after: text });
  }
  for (const [where, text] of old) {
    if (!next.has(where)) changes.push({ kind: 'removed', where, before: text, after: null });
  }
  if (changes.length === 0 && before && JSON.stringify(before) !== JSON.stringify(after)) {
    changes.push({ kind: 'changed', where: '菜单', before: '原来的顺序', after: '新的顺序' });
  }
  return changes;
}

function entriesOf(menu: MenuSet | null): Map<string, string> {
  const entries = new Map<string, string>();
  if (!menu) return entries;
  const add = (title: string, items: readonly MenuItem[]): void => {
    for (const item of items) {
      if (item.kind !== 'group') entries.set(`${title} › ${item.name}`, leafText(item));
      else
        for (const leaf of item.items) entries.set(`${title} › ${item.name} › ${leaf.name}`, leafText(leaf));
    }
  };
  add('默认菜单', menu.items);
  for (const { title, for: rule, items } of menu.personal) {
    add(`${title}（${JSON.stringify(rule)}）`, items);
  }
  return entries;
}

function leafText(leaf: MenuLeaf): string {
  if (leaf.kind === 'page') return `打开小程序页面 ${leaf.page}`;
  return leaf.kind === 'link' ? `打开链接 ${leaf.url}` : `回复「${leaf.key}」`;
}
