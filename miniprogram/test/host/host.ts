import path from 'node:path';
import { fire } from './events.ts';
import { LogicLayer, type Registered } from './logicLayer.ts';
import { HostPage } from './page.ts';
import { type AppSettings, readSettings } from './settings.ts';
import { ViewLayer } from './viewLayer.ts';
import { allNodes, ancestors, matches, textOf, type ViewNode, withText } from './viewNode.ts';
import { Calls, type WxFunction, type WxOptions } from './wxCall.ts';
import { DeviceEvents, deviceApi } from './wxDevice.ts';
import { request } from './wxRequest.ts';

export interface HostOptions {
  /** Where the bundle finds the hall: what WeChat would hand over as ext.json. */
  readonly apiBase: string;
  /** The code `wx.login` gives, from the WeChat the server asks about it. */
  readonly login: () => Promise<string>;
}

/**
 * A WeChat without a phone: loads a built bundle, renders its real templates, taps and types in them, and lets
 * `wx.request` through to a real server. What it has no idea of: layout, style, native pickers, permissions.
 */
export class Host {
  readonly problems: string[] = [];
  readonly calls = new Calls();
  readonly storage = new Map<string, string>();
  readonly device = new DeviceEvents();
  readonly settings: AppSettings;
  private readonly stack: HostPage[] = [];
  private readonly keptTabs = new Map<string, HostPage>();
  private readonly definitions = new Map<string, Registered>();
  private readonly logic: LogicLayer;
  private readonly view: ViewLayer;
  private readonly dist: string;

  constructor(dist: string, options: HostOptions) {
    this.dist = path.resolve(dist);
    this.settings = readSettings(this.dist);
    this.view = new ViewLayer(this.dist);
    this.logic = new LogicLayer(this.dist, this.wx(options), () => this.stack.map((page) => page.instance));
  }

  /** Starts the app on a page, as a tap on a message would: `packages/booking/detail/index?id=…`. */
  async launch(url = this.settings.routes[0] ?? ''): Promise<void> {
    const { route, query } = this.resolve(url);
    const options = { path: route, query, scene: 1001, shareTicket: '', referrerInfo: {} };
    this.launchOptions = options;
    const app = this.logic.load('app.js', 'App');
    for (const name of ['onLaunch', 'onShow']) {
      const run = app[name];
      if (typeof run === 'function') run.call(app, options);
    }
    await this.openPage(url);
    await this.settle();
  }

  get page(): HostPage {
    const page = this.stack.at(-1);
    if (!page) throw new Error('no page is open');
    return page;
  }

  text(): string {
    return textOf(this.page.tree());
  }

  /** The one node of a selector, narrowed to the innermost one that holds the text; throws with the page's words. */
  find(selector: string, text?: string): ViewNode {
    const all = allNodes(this.page.tree(), (node) => matches(node, selector));
    const found = text === undefined ? all : withText(all, text);
    const [first] = found;
    if (!first)
      throw new Error(`no ${selector} ${text ?? ''} on ${this.page.route}; it says:\n${this.text()}`);
    return first;
  }

  /** Taps and waits until the app is at rest. A tap that nothing hears is an error. */
  async tap(selector: string, text?: string): Promise<void> {
    const node = this.find(selector, text);
    const off = ancestors(node).find((each) => each.attrs['aria-disabled'] === 'true');
    if (off) throw new Error(`${selector} ${text ?? ''} is disabled`);
    this.fire(node, 'touchstart');
    this.fire(node, 'touchend');
    if (this.fire(node, 'tap', { x: 0, y: 0 }) === 0) throw new Error(`nothing hears a tap on ${selector}`);
    await this.settle();
  }

  /** Types into an input, cut at its maxlength as WeChat cuts it. */
  async type(selector: string, words: string): Promise<void> {
    const limit = Number(this.find(selector).attrs['maxlength'] ?? 140);
    const value = limit >= 0 ? words.slice(0, limit) : words;
    this.fire(this.find(selector), 'focus', { value: '', height: 0 });
    await this.settle();
    this.fire(this.find(selector), 'input', { value, cursor: value.length, keyCode: 0 });
    await this.settle();
    this.fire(this.find(selector), 'blur', { value, cursor: value.length });
    await this.settle();
  }

  fire(node: ViewNode, type: string, detail: object = {}): number {
    return fire(node, type, detail, this.problem);
  }

  /** Goes back as the person's thumb would. */
  async back(): Promise<void> {
    await this.navigateBack({ delta: 1 });
    await this.settle();
  }

  /** Waits until the page says something, looking again after each change. */
  async waitForText(words: string, milliseconds = 30_000): Promise<void> {
    const until = Date.now() + milliseconds;
    while (!this.text().includes(words)) {
      if (Date.now() > until)
        throw new Error(`“${words}” did not come on ${this.page.route}; it says:\n${this.text()}`);
      await tick(15);
    }
    await this.settle();
  }

  /** Waits until no call is open and nothing has been rendered for some looks in a row: React works in steps. */
  async settle(milliseconds = 30_000): Promise<void> {
    const until = Date.now() + milliseconds;
    let quiet = 0;
    let last = -1;
    while (Date.now() < until) {
      await tick(15);
      const now = this.stack.reduce((sum, page) => sum + page.setDataCount, this.stack.length * 1e6);
      quiet = this.calls.pending === 0 && now === last ? quiet + 1 : 0;
      if (quiet === 4) return;
      last = now;
    }
    throw new Error(`the app did not come to rest on ${this.page.route}`);
  }

  /** Ends the visit: every page is unloaded, so that its timers stop. */
  close(): void {
    for (const page of [...this.stack.splice(0), ...this.keptTabs.values()]) this.closePage(page);
    this.keptTabs.clear();
  }

  private launchOptions: object = {};

  private readonly problem = (message: string): void => {
    if (!this.problems.includes(message)) this.problems.push(message);
  };

  private async openPage(url: string): Promise<void> {
    const { route, query } = this.resolve(url);
    const definition = this.definitions.get(route) ?? this.logic.load(route, 'Page');
    this.definitions.set(route, definition);
    const page = new HostPage(route, query, this.dist, this.logic, this.view, this.problem, definition);
    this.stack.push(page);
    page.call('onLoad', query);
    page.call('onShow');
    await tick(0);
    page.call('onReady');
  }

  private closePage(page: HostPage): void {
    page.closed = true;
    page.call('onUnload');
  }

  private resolve(url: string): { route: string; query: Record<string, string> } {
    const [given = '', search = ''] = url.split('?');
    const route = given.startsWith('/')
      ? given.slice(1)
      : this.stack.length > 0
        ? path.posix.join(path.posix.dirname(this.page.route), given)
        : given;
    if (!this.settings.routes.includes(route)) throw new Error(`page "${route}" is not found`);
    const pairs = search.split('&').filter((pair) => pair !== '');
    // WeChat hands the query over undecoded.
    return {
      route,
      query: Object.fromEntries(pairs.map((pair) => pair.split('='))) as Record<string, string>,
    };
  }

  private async navigateTo(options: WxOptions): Promise<void> {
    const url = String(options['url']);
    this.refuseTab(url);
    if (this.stack.length >= 10) throw new Error('webview count limit exceed');
    this.page.call('onHide');
    await this.openPage(url);
  }

  private async redirectTo(options: WxOptions): Promise<void> {
    const url = String(options['url']);
    this.refuseTab(url);
    this.closePage(this.stack.pop() as HostPage);
    await this.openPage(url);
  }

  private async switchTab(options: WxOptions): Promise<void> {
    const { route } = this.resolve(String(options['url']));
    if (!this.settings.tabs.includes(route)) throw new Error('can not switch to no-tabBar page');
    while (this.stack.length > 1) this.closePage(this.stack.pop() as HostPage);
    const under = this.stack.pop();
    if (under && this.settings.tabs.includes(under.route)) {
      under.call('onHide');
      this.keptTabs.set(under.route, under);
    } else if (under) {
      this.closePage(under);
    }
    const kept = this.keptTabs.get(route);
    if (!kept) return this.openPage(`/${route}`);
    this.keptTabs.delete(route);
    this.stack.push(kept);
    kept.call('onShow');
  }

  private async navigateBack(options: WxOptions): Promise<void> {
    const steps = Math.min(Number(options['delta'] ?? 1), this.stack.length - 1);
    for (let step = 0; step < steps; step++) this.closePage(this.stack.pop() as HostPage);
    this.page.call('onShow');
  }

  private refuseTab(url: string): void {
    if (this.settings.tabs.includes(this.resolve(url).route))
      throw new Error('can not navigateTo a tabbar page');
  }

  /** Own and enumerable before app.js loads: Taro copies the keys of `wx`. */
  private wx(options: HostOptions): Record<string, WxFunction | unknown> {
    const { calls } = this;
    return {
      ...deviceApi(calls, this.storage),
      ...this.device.api(),
      request: (wish: WxOptions) => {
        calls.wrap('request', request)(wish);
        return { abort: () => {}, onHeadersReceived: () => {}, offHeadersReceived: () => {} };
      },
      login: calls.wrap('login', async () => ({ code: await options.login() })),
      getExtConfigSync: () => ({ apiBase: options.apiBase }),
      getLaunchOptionsSync: () => this.launchOptions,
      getEnterOptionsSync: () => this.launchOptions,
      navigateTo: calls.wrap('navigateTo', (wish) => this.navigateTo(wish)),
      redirectTo: calls.wrap('redirectTo', (wish) => this.redirectTo(wish)),
      switchTab: calls.wrap('switchTab', (wish) => this.switchTab(wish)),
      navigateBack: calls.wrap('navigateBack', (wish) => this.navigateBack(wish)),
    };
  }
}

const tick = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
