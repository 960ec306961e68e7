/** Pages of the mini-program a template message may open. Most announcements lead nowhere, or to where one can act. */
export const openablePages: readonly { readonly page: string | null; readonly label: string }[] = [
  { page: null, label: '不跳转' },
  { page: 'pages/home/index', label: '小程序首页' },
  { page: 'pages/matters/index', label: '办事（事项列表）' },
  { page: 'packages/halls/list/index', label: '办事大厅列表' },
  { page: 'packages/booking/mine/index', label: '我的预约' },
];

export const pageLabel = (page: string | null): string =>
  openablePages.find((each) => each.page === page)?.label ?? '小程序里的一页';
