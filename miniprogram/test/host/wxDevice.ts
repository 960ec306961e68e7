import type { Calls, WxFunction } from './wxCall.ts';

const screen = {
  windowWidth: 375,
  windowHeight: 724,
  screenWidth: 375,
  screenHeight: 812,
  pixelRatio: 3,
  statusBarHeight: 44,
  safeArea: { top: 44, bottom: 778, left: 0, right: 375, width: 375, height: 734 },
};
const phone = { brand: 'host', model: 'host', platform: 'devtools', system: 'iOS 17.0' };
const base = {
  SDKVersion: '3.7.0',
  version: '8.0.50',
  language: 'zh_CN',
  fontSizeSetting: 16,
  theme: 'light',
};

/** The phone itself: its screen, its storage, and things that only have to be accepted. */
export function deviceApi(calls: Calls, storage: Map<string, string>): Record<string, WxFunction | unknown> {
  const everything = { ...screen, ...phone, ...base };
  const accepted = [
    'showToast',
    'hideToast',
    'showLoading',
    'hideLoading',
    'setNavigationBarTitle',
    'setNavigationBarColor',
    'startPullDownRefresh',
    'stopPullDownRefresh',
    'pageScrollTo',
    'setClipboardData',
    'makePhoneCall',
    'openLocation',
    'hideKeyboard',
    'setTabBarBadge',
    'removeTabBarBadge',
  ];
  return {
    ...Object.fromEntries(accepted.map((name) => [name, calls.wrap(name, () => ({}))])),
    getSystemInfoSync: () => ({ ...everything }),
    getSystemInfo: calls.wrap('getSystemInfo', () => everything),
    getWindowInfo: () => ({ ...screen }),
    getDeviceInfo: () => ({ ...phone }),
    getAppBaseInfo: () => ({ ...base }),
    getAccountInfoSync: () => ({
      miniProgram: { appId: 'touristappid', envVersion: 'develop', version: '' },
    }),
    getMenuButtonBoundingClientRect: () => ({
      width: 87,
      height: 32,
      top: 48,
      right: 365,
      bottom: 80,
      left: 278,
    }),
    getNetworkType: calls.wrap('getNetworkType', () => ({ networkType: 'wifi', isConnected: true })),
    getLocation: calls.wrap('getLocation', () => ({ latitude: 23.263, longitude: 113.81, accuracy: 30 })),
    canIUse: () => true,
    nextTick: (run: () => void) => setTimeout(run),
    setStorageSync: (key: string, value: unknown) => {
      storage.set(key, JSON.stringify(value));
    },
    getStorageSync: (key: string) => {
      const kept = storage.get(key);
      return kept === undefined ? '' : (JSON.parse(kept) as unknown);
    },
    removeStorageSync: (key: string) => {
      storage.delete(key);
    },
    clearStorageSync: () => storage.clear(),
    getStorageInfoSync: () => ({ keys: [...storage.keys()], currentSize: 1, limitSize: 10_240 }),
    createSelectorQuery: () => fixedBoxes(),
  };
}

/** Layout is not computed here: every box is the same. */
function fixedBoxes(): unknown {
  const box = { left: 0, top: 0, width: 100, height: 40, right: 100, bottom: 40 };
  const query: Record<string, (run?: (result: unknown) => void) => unknown> = {};
  for (const name of ['in', 'select', 'selectAll', 'selectViewport', 'scrollOffset', 'fields', 'node']) {
    query[name] = () => query;
  }
  query['boundingClientRect'] = (run) => {
    run?.(box);
    return query;
  };
  query['exec'] = (run) => {
    setTimeout(() => run?.([box]));
    return query;
  };
  return query;
}

const watched = [
  'AppShow',
  'AppHide',
  'Error',
  'UnhandledRejection',
  'PageNotFound',
  'ThemeChange',
  'NetworkStatusChange',
  'KeyboardHeightChange',
  'WindowResize',
  'MemoryWarning',
];

/** `wx.onX` and `wx.offX`, and a way to make X happen. */
export class DeviceEvents {
  private readonly listeners = new Map<string, Set<(event: unknown) => void>>();

  api(): Record<string, unknown> {
    const pairs = watched.flatMap((name) => {
      const listeners = new Set<(event: unknown) => void>();
      this.listeners.set(name, listeners);
      return [
        [`on${name}`, (run: (event: unknown) => void) => listeners.add(run)],
        [`off${name}`, (run?: (event: unknown) => void) => (run ? listeners.delete(run) : listeners.clear())],
      ] as const;
    });
    return Object.fromEntries(pairs);
  }

  emit(name: string, event: unknown): void {
    for (const listener of this.listeners.get(name) ?? []) listener(event);
  }
}
