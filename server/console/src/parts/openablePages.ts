/** Pages of the mini-program that a menu or a message may open, in the citizen's words. */
export const openablePages: readonly { readonly page: string; readonly label: string }[] = [
  { page: 'pages/home/index', label: '小程序首页' },
  { page: 'pages/matters/index', label: '办事（事项列表）' },
  { page: 'pages/messages/index', label: '我的消息' },
  { page: 'pages/me/index', label: '个人中心' },
  { page: 'packages/booking/choose/index', label: '预约办事' },
  { page: 'packages/booking/mine/index', label: '我的预约' },
  { page: 'packages/halls/list/index', label: '办事大厅列表' },
  { page: 'packages/people/realName/index', label: '实名认证' },
];

export const pageLabel = (page: string): string =>
  openablePages.find((each) => each.page === page)?.label ?? '小程序里的一页';

/** The choices of a select, with the present page among them even when it is none of the usual ones. */
export function pageChoices(present: string): { value: string; label: string }[] {
  const known = openablePages.map(({ page, label }) => ({ value: page, label }));
  const isKnown = present === '' || openablePages.some(({ page }) => page === present);
  return isKnown ? known : [...known, { value: present, label: present }];
}
