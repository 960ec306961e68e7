import Taro from '@tarojs/taro';

const tabs = ['pages/home/index', 'pages/matters/index', 'pages/messages/index', 'pages/me/index'];
/** WeChat refuses an eleventh page on the stack. */
const deepest = 10;

/** Opens a page by its path without a leading slash, as notices carry it; a tab page is switched to. */
export async function open(page: string): Promise<void> {
  const path = page.replace(/^\//, '');
  const url = `/${path}`;
  if (tabs.includes(path.split('?')[0] ?? '')) await Taro.switchTab({ url: url.split('?')[0] ?? url });
  else if (Taro.getCurrentPages().length >= deepest) await Taro.redirectTo({ url });
  else await Taro.navigateTo({ url });
}

/** Puts a page in the place of the present one, so that going back does not meet a finished step. */
export async function replace(page: string): Promise<void> {
  await Taro.redirectTo({ url: `/${page}` });
}

export async function goHome(): Promise<void> {
  await Taro.switchTab({ url: '/pages/home/index' });
}

/** Back one page; to the home page when this one was opened directly. */
export async function goBack(): Promise<void> {
  if (Taro.getCurrentPages().length > 1) await Taro.navigateBack();
  else await goHome();
}

/** Query of a page path from names and values; undefined values are left out. */
export function withQuery(page: string, query: Record<string, string | undefined>): string {
  const parts = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return parts.length === 0 ? page : `${page}?${parts.join('&')}`;
}

export function setTitle(title: string): void {
  void Taro.setNavigationBarTitle({ title });
}

export function scrollToTop(): void {
  void Taro.pageScrollTo({ scrollTop: 0, duration: 0 });
}
