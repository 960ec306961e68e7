export default defineAppConfig({
  pages: ['pages/home/index', 'pages/matters/index', 'pages/messages/index', 'pages/me/index'],
  subPackages: [
    {
      root: 'packages/booking',
      pages: [
        'choose/index',
        'time/index',
        'confirm/index',
        'done/index',
        'mine/index',
        'detail/index',
        'move/index',
        'standing/index',
        'waits/index',
        'proxies/index',
      ],
    },
    {
      root: 'packages/apply',
      pages: ['form/index', 'done/index', 'mine/index', 'case/index', 'correct/index'],
    },
    { root: 'packages/queue', pages: ['ticket/index', 'checkIn/index'] },
    { root: 'packages/matters', pages: ['guide/index', 'search/index', 'bundles/index', 'bundle/index'] },
    { root: 'packages/pay', pages: ['bill/index', 'detail/index', 'mine/index'] },
    { root: 'packages/halls', pages: ['list/index', 'detail/index'] },
    {
      root: 'packages/people',
      pages: ['realName/index', 'identity/index', 'identityDone/index', 'about/index'],
    },
  ],
  window: {
    navigationBarTitleText: '增城政务服务',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
    backgroundTextStyle: 'dark',
    backgroundColor: '#f3f6f5',
  },
  tabBar: {
    color: '#5f7074',
    selectedColor: '#0e5a5e',
    backgroundColor: '#ffffff',
    borderStyle: 'white',
    list: [
      {
        pagePath: 'pages/home/index',
        text: '首页',
        iconPath: 'assets/tab/home.png',
        selectedIconPath: 'assets/tab/home-on.png',
      },
      {
        pagePath: 'pages/matters/index',
        text: '办事',
        iconPath: 'assets/tab/matters.png',
        selectedIconPath: 'assets/tab/matters-on.png',
      },
      {
        pagePath: 'pages/messages/index',
        text: '消息',
        iconPath: 'assets/tab/messages.png',
        selectedIconPath: 'assets/tab/messages-on.png',
      },
      {
        pagePath: 'pages/me/index',
        text: '我的',
        iconPath: 'assets/tab/me.png',
        selectedIconPath: 'assets/tab/me-on.png',
      },
    ],
  },
  permission: { 'scope.userLocation': { desc: '用于按远近为您排列办事大厅，和到大厅后签到' } },
  requiredPrivateInfos: ['getLocation'],
  lazyCodeLoading: 'requiredComponents',
});
