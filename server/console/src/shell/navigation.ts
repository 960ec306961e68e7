import type { IconName } from '../parts/Icon.tsx';

export interface NavigationItem {
  readonly path: string;
  readonly label: string;
  readonly icon: IconName;
  /** Shown to whoever holds it. */
  readonly permission: string;
  readonly testId: string;
}

export interface NavigationGroup {
  readonly label: string;
  readonly items: readonly NavigationItem[];
}

/** The side navigation, in the order of a working day. */
export const navigation: readonly NavigationGroup[] = [
  {
    label: '大厅',
    items: [
      {
        path: '/bookings',
        label: '今日预约',
        icon: 'calendar',
        permission: 'bookings.read',
        testId: 'nav-bookings',
      },
      {
        path: '/window',
        label: '窗口叫号',
        icon: 'window',
        permission: 'queue.call',
        testId: 'nav-window',
      },
      { path: '/queue', label: '大厅实况', icon: 'hall', permission: 'queue.read', testId: 'nav-queue' },
      {
        path: '/halls',
        label: '窗口与时间',
        icon: 'calendar',
        permission: 'halls.manage',
        testId: 'nav-halls',
      },
      {
        path: '/visits',
        label: '办事统计',
        icon: 'chart',
        permission: 'queue.read',
        testId: 'nav-visits',
      },
      {
        path: '/ratings',
        label: '好差评',
        icon: 'check',
        permission: 'ratings.read',
        testId: 'nav-ratings',
      },
      {
        path: '/closures',
        label: '临时停办',
        icon: 'warn',
        permission: 'bookings.manage',
        testId: 'nav-closures',
      },
      {
        path: '/no-shows',
        label: '爽约申诉',
        icon: 'person',
        permission: 'bookings.manage',
        testId: 'nav-no-shows',
      },
      {
        path: '/proxies',
        label: '代办授权',
        icon: 'person',
        permission: 'agents.decide',
        testId: 'nav-proxies',
      },
    ],
  },
  {
    label: '公众号',
    items: [
      {
        path: '/broadcasts',
        label: '群发消息',
        icon: 'broadcast',
        permission: 'broadcasts.read',
        testId: 'nav-broadcasts',
      },
      { path: '/inbox', label: '市民留言', icon: 'inbox', permission: 'inbox.read', testId: 'nav-inbox' },
      {
        path: '/replies',
        label: '自动回复',
        icon: 'reply',
        permission: 'replies.read',
        testId: 'nav-replies',
      },
      {
        path: '/tags',
        label: '标签与二维码',
        icon: 'person',
        permission: 'broadcasts.read',
        testId: 'nav-tags',
      },
      { path: '/menu', label: '公众号菜单', icon: 'menu', permission: 'menu.read', testId: 'nav-menu' },
    ],
  },
  {
    label: '通知',
    items: [
      {
        path: '/notices',
        label: '通知记录',
        icon: 'bell',
        permission: 'notices.read',
        testId: 'nav-notices',
      },
      {
        path: '/templates',
        label: '消息模板',
        icon: 'template',
        permission: 'templates.read',
        testId: 'nav-templates',
      },
      {
        path: '/statistics',
        label: '消息统计',
        icon: 'chart',
        permission: 'statistics.read',
        testId: 'nav-statistics',
      },
    ],
  },
  {
    label: '缴费',
    items: [
      {
        path: '/payments',
        label: '缴费记录',
        icon: 'yuan',
        permission: 'payments.read',
        testId: 'nav-payments',
      },
      {
        path: '/books',
        label: '每日对账',
        icon: 'template',
        permission: 'payments.read',
        testId: 'nav-books',
      },
    ],
  },
  {
    label: '系统',
    items: [
      {
        path: '/accounts',
        label: '账号与角色',
        icon: 'person',
        permission: 'staff.read',
        testId: 'nav-accounts',
      },
      {
        path: '/systems',
        label: '外部系统',
        icon: 'server',
        permission: 'systems.read',
        testId: 'nav-systems',
      },
      {
        path: '/matter-sync',
        label: '事项同步',
        icon: 'refresh',
        permission: 'matterSync.read',
        testId: 'nav-matter-sync',
      },
      {
        path: '/calendar',
        label: '工作日历',
        icon: 'calendar',
        permission: 'calendar.read',
        testId: 'nav-calendar',
      },
      { path: '/audit', label: '审计记录', icon: 'shield', permission: 'audit.read', testId: 'nav-audit' },
    ],
  },
];

/** The first room somebody with these permissions may enter, or null. */
export function firstRoom(may: (permission: string) => boolean): string | null {
  return navigation.flatMap((group) => group.items).find((item) => may(item.permission))?.path ?? null;
}
