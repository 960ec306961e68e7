import type { RequestOptions } from './network.ts';
import { request, upload } from './network.ts';

interface Callbacks {
  success?: (result: unknown) => void;
  fail?: (error: unknown) => void;
  complete?: (result: unknown) => void;
}

type Options = Record<string, unknown> & Callbacks;

export type Answer = (options: Options) => unknown;

/** What the host gives its wx: where calls are noted, how pages change, and how much work is still open. */
export interface WxNeeds {
  readonly called: (name: string, options: Options) => void;
  readonly open: (count: 1 | -1) => void;
  readonly navigation: Readonly<
    Record<'navigateTo' | 'redirectTo' | 'reLaunch' | 'switchTab' | 'navigateBack', Answer>
  >;
  readonly launchOptions: () => unknown;
  readonly extConfig: Record<string, unknown>;
  /** A test's own answers, e.g. `login` or `showModal`; they win. */
  readonly answers: Readonly<Record<string, Answer>>;
}

const screen = {
  windowWidth: 375,
  windowHeight: 724,
  screenWidth: 375,
  screenHeight: 812,
  pixelRatio: 3,
  statusBarHeight: 44,
  safeArea: { top: 44, bottom: 778, left: 0, right: 375, width: 375, height: 734 },
  screenTop: 88,
};

const device = { brand: 'host', model: 'host', system: 'iOS 17.0', platform: 'ios' };
const base = {
  SDKVersion: '3.7.0',
  version: '8.0.50',
  language: 'zh_CN',
  fontSizeSetting: 16,
  theme: 'light',
};

/** Calls that a person answers, or that only show something. */
const plainAnswers: Record<string, Answer> = {
  login: () => ({ code: `code-${Date.now()}` }),
  checkSession: () => ({}),
  showModal: () => ({ confirm: true, cancel: false }),
  showActionSheet: () => ({ tapIndex: 0 }),
  requestSubscribeMessage: ({ tmplIds }) =>
    Object.fromEntries((tmplIds as string[]).map((id) => [id, 'accept'])),
  scanCode: () => ({ result: '', scanType: 'QR_CODE' }),
  getLocation: () => ({ latitude: 23.263, longitude: 113.81, accuracy: 30 }),
  getSetting: () => ({ authSetting: {} }),
  authorize: () => ({}),
  openSetting: () => ({ authSetting: {} }),
  getNetworkType: () => ({ networkType: 'wifi' }),
  getSystemInfo: () => ({ ...screen, ...device, ...base }),
};

const silent = [
  ...[
    'showToast',
    'hideToast',
    'showLoading',
    'hideLoading',
    'setNavigationBarTitle',
    'setNavigationBarColor',
  ],
  ...['stopPullDownRefresh', 'startPullDownRefresh', 'pageScrollTo', 'setClipboardData', 'makePhoneCall'],
  ...[
    'openLocation',
    'previewImage',
    'vibrateShort',
    'vibrateLong',
    'hideTabBar',
    'showTabBar',
    'setTabBarBadge',
  ],
  ...['removeTabBarBadge', 'showTabBarRedDot', 'hideTabBarRedDot', 'startAccelerometer', 'stopAccelerometer'],
  ...[
    'showShareMenu',
    'hideShareMenu',
    'hideKeyboard',
    'loadFontFace',
    'navigateToMiniProgram',
    'setTabBarItem',
  ],
];

const listened = [
  ...[
    'AppShow',
    'AppHide',
    'Error',
    'UnhandledRejection',
    'PageNotFound',
    'ThemeChange',
    'NetworkStatusChange',
  ],
  ...['AccelerometerChange', 'KeyboardHeightChange', 'WindowResize', 'MemoryWarning', 'AppRoute'],
];

/**
 * The `wx` of the host. Its keys are own and enumerable before app.js runs, since Taro copies `Object.keys(wx)`. A call
 * without callbacks answers a promise, as the base library does.
 */
export function createWx(needs: WxNeeds): Record<string, unknown> {
  const storage = new Map<string, string>();
  const listeners = new Map<string, Set<(event: unknown) => void>>();
  const nothing = (): void => {};

  const asynchronous =
    (name: string, answer: Answer, counted = true) =>
    (options: Options = {}): Promise<unknown> | undefined => {
      needs.called(name, options);
      if (counted) needs.open(1);
      const settle = (): void => {
        if (counted) needs.open(-1);
      };
      const result = Promise.resolve()
        .then(() => (needs.answers[name] ?? answer)(options))
        .then(
          (value) => ({ errMsg: `${name}:ok`, ...(value as object) }),
          (error: { message?: string; errMsg?: string; errno?: number }) => {
            throw {
              errMsg: `${name}:fail ${error.message ?? error.errMsg ?? error}`,
              ...(error.errno && { errno: error.errno }),
            };
          },
        );
      if (!options.success && !options.fail && !options.complete) return result.finally(settle);
      result.then(
        (value) => {
          settle();
          options.success?.(value);
          options.complete?.(value);
        },
        (error) => {
          settle();
          options.fail?.(error);
          options.complete?.(error);
        },
      );
      return undefined;
    };

  const transfer =
    (name: string, answer: Answer) =>
    (options: Options): object => {
      asynchronous(name, answer)(options);
      return {
        abort: nothing,
        onHeadersReceived: nothing,
        offHeadersReceived: nothing,
        onProgressUpdate: nothing,
        offProgressUpdate: nothing,
      };
    };

  const wx: Record<string, unknown> = {
    request: transfer('request', (options) => request(options as unknown as RequestOptions)),
    uploadFile: transfer('uploadFile', (options) => upload(options as unknown as RequestOptions)),
    getSystemInfoSync: () => ({ ...screen, ...device, ...base }),
    getWindowInfo: () => ({ ...screen }),
    getDeviceInfo: () => ({ ...device }),
    getAppBaseInfo: () => ({ ...base }),
    getAccountInfoSync: () => ({
      miniProgram: { appId: 'touristappid', envVersion: 'develop', version: '' },
    }),
    getLaunchOptionsSync: needs.launchOptions,
    getEnterOptionsSync: needs.launchOptions,
    getExtConfigSync: () => ({ ...needs.extConfig }),
    getMenuButtonBoundingClientRect: () => ({
      width: 87,
      height: 32,
      top: 48,
      right: 365,
      bottom: 80,
      left: 278,
    }),
    setStorageSync: (key: string, value: unknown) => storage.set(key, JSON.stringify(value)),
    getStorageSync: (key: string) => (storage.has(key) ? JSON.parse(storage.get(key)!) : ''),
    removeStorageSync: (key: string) => storage.delete(key),
    clearStorageSync: () => storage.clear(),
    getStorageInfoSync: () => ({ keys: [...storage.keys()], currentSize: 1, limitSize: 10_240 }),
    setStorage: asynchronous(
      'setStorage',
      ({ key, data }) => void storage.set(key as string, JSON.stringify(data)),
    ),
    getStorage: asynchronous('getStorage', ({ key }) => {
      const kept = storage.get(key as string);
      if (kept === undefined) throw new Error('data not found');
      return { data: JSON.parse(kept) };
    }),
    removeStorage: asynchronous('removeStorage', ({ key }) => void storage.delete(key as string)),
    canIUse: () => true,
    nextTick: (work: () => void) => setTimeout(work),
    getUpdateManager: () => ({
      onCheckForUpdate: nothing,
      onUpdateReady: nothing,
      onUpdateFailed: nothing,
      applyUpdate: nothing,
    }),
    getPerformance: () => ({ now: () => Date.now() }),
    createSelectorQuery,
    createIntersectionObserver: () => {
      const observer = {
        relativeTo: () => observer,
        relativeToViewport: () => observer,
        observe: nothing,
        disconnect: nothing,
      };
      return observer;
    },
    createAnimation: () => {
      const animation: object = new Proxy(
        {},
        { get: (_, key) => (key === 'export' ? () => ({ actions: [] }) : () => animation) },
      );
      return animation;
    },
  };
  for (const [name, answer] of Object.entries(plainAnswers)) wx[name] = asynchronous(name, answer);
  for (const name of silent) wx[name] = asynchronous(name, () => ({}));
  // A page that opens others must not count as open work itself: it would wait for its own end.
  for (const [name, answer] of Object.entries(needs.navigation)) wx[name] = asynchronous(name, answer, false);
  for (const name of listened) {
    wx[`on${name}`] = (listener: (event: unknown) => void) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
    };
    wx[`off${name}`] = (listener?: (event: unknown) => void) =>
      listener ? listeners.get(name)?.delete(listener) : listeners.get(name)?.clear();
  }
  for (const name of Object.keys(needs.answers)) if (!(name in wx)) wx[name] = asynchronous(name, () => ({}));
  return wx;
}

/** There is no layout here: every box is the same. */
function createSelectorQuery(): object {
  const box = { left: 0, top: 0, width: 100, height: 40, right: 100, bottom: 40 };
  const query: Record<string, unknown> = {};
  for (const name of [
    'in',
    'select',
    'selectAll',
    'selectViewport',
    'scrollOffset',
    'fields',
    'node',
    'context',
  ]) {
    query[name] = () => query;
  }
  query['boundingClientRect'] = (listener?: (box: object) => void) => {
    listener?.(box);
    return query;
  };
  query['exec'] = (listener?: (boxes: object[]) => void) => {
    setTimeout(() => listener?.([box]));
    return query;
  };
  return query;
}
