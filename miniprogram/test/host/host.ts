import { existsSync } from 'node:fs';
import path from 'node:path';
import { Bundle, type Definition } from './bundle.ts';
import { keysOf, withValueAt } from './dataPath.ts';
import { dispatch, formBehind, isDisabled } from './events.ts';
import { type Instance, select, textOf, type ViewElement } from './node.ts';
import { Templates } from './wcc.ts';
import { type Answer, createWx } from './wx.ts';

export interface HostOptions {
  /** The built bundle, `miniprogram/dist/weapp`. */
  readonly bundle: string;
  /** What `wx.getExtConfigSync()` answers: where the API is. */
  readonly extConfig?: Record<string, unknown>;
  /** Answers of wx calls that a person or WeChat gives, by name. */
  readonly answers?: Record<string, Answer>;
}

interface OpenPage {
  readonly route: string;
  readonly instance: Instance;
  readonly json: Record<string, unknown>;
  readonly components: Map<string, OpenComponent>;
  closed: boolean;
}

interface OpenComponent {
  readonly instance: Instance;
  readonly definition: Definition;
  readonly template: string;
  readonly file: string;
  readonly json: Record<string, unknown>;
  readonly given: Map<string, string>;
  attached: boolean;
}

interface AppConfig {
  pages: string[];
  subPackages?: { root: string; pages: string[] }[];
  subpackages?: { root: string; pages: string[] }[];
  tabBar?: { list: { pagePath: string }[] };
}

type Method = (...args: unknown[]) => unknown;

const maxPages = 10; // WeChat's page stack
const maxSetData = 1024 * 1024; // WeChat refuses more in one call

/**
 * Runs a compiled weapp bundle as WeChat would: its JavaScript in a bare logic layer, its templates through Tencent's
 * own compiler, native events along the rendered bindings, `wx.request` over the real network. There is no layout and no
 * style cascade; everything a tap can reach is real.
 */
export class WeappHost {
  /** Every wx call with its options. */
  readonly calls: { name: string; options: Record<string, unknown> }[] = [];
  /** What WeChat would complain about. A test ends with an empty list. */
  readonly problems: string[] = [];
  readonly logs: string[] = [];
  private readonly bundle: Bundle;
  private readonly templates: Templates;
  private readonly config: AppConfig;
  private readonly routes: readonly string[];
  private readonly tabs: readonly string[];
  private readonly keptTabs = new Map<string, OpenPage>();
  private stack: OpenPage[] = [];
  private app: Definition | undefined;
  private launchOptions: unknown;
  private openCalls = 0;
  private changes = 0;

  constructor(options: HostOptions) {
    const directory = path.resolve(options.bundle);
    if (!existsSync(path.join(directory, 'app.json')))
      throw new Error(`no weapp bundle in ${directory}: npm run build:weapp`);
    this.templates = new Templates(directory);
    const wx = createWx({
      called: (name, given) => this.calls.push({ name, options: given }),
      open: (count) => {
        this.openCalls += count;
      },
      navigation: this.navigation(),
      launchOptions: () => this.launchOptions,
      extConfig: options.extConfig ?? {},
      answers: options.answers ?? {},
    });
    this.bundle = new Bundle(directory, {
      wx,
      getApp: () => this.app,
      getCurrentPages: () => this.stack.map((page) => page.instance),
      log: (level, text) => this.logs.push(`${level}: ${text}`),
    });
    this.config = this.bundle.json('app') as unknown as AppConfig;
    this.tabs = this.config.tabBar?.list.map((tab) => tab.pagePath) ?? [];
    const packages = this.config.subPackages ?? this.config.subpackages ?? [];
    this.routes = [
      ...this.config.pages,
      ...packages.flatMap(({ root, pages }) => pages.map((page) => `${root.replace(/\/$/, '')}/${page}`)),
    ];
  }

  /** Starts the app at a page, as a tap on a template card or a scan does. */
  async launch(url = `/${this.config.pages[0]}`): Promise<void> {
    const { route, query } = this.resolve(url);
    this.launchOptions = { path: route, query, scene: 1001, shareTicket: '', referrerInfo: {} };
    this.app = this.bundle.definitionOf('app');
    call(this.app, 'onLaunch', this.launchOptions);
    call(this.app, 'onShow', this.launchOptions);
    await this.open(url);
  }

  /** The route of the page on top, e.g. `pages/home/index`. */
  get route(): string {
    return this.top.route;
  }

  /** All that can be read on the page on top. */
  text(): string {
    return textOf(this.render());
  }

  /** The nth element of a selector (and text) on the page on top; throws with the page's text when there is none. */
  find(selector: string, options: { text?: string; nth?: number } = {}): ViewElement {
    const found = select(this.render(), selector, options.text)[options.nth ?? 0];
    if (!found)
      throw new Error(`nothing fits ${selector} ${options.text ?? ''}; the page reads:\n${this.text()}`);
    return found;
  }

  findAll(selector: string, text?: string): ViewElement[] {
    return select(this.render(), selector, text);
  }

  /** Taps an element, or the innermost one with this text. Throws where a finger would have no effect. */
  async tap(target: ViewElement | string): Promise<void> {
    const element = typeof target === 'string' ? this.find('', { text: target }) : target;
    if (isDisabled(element)) throw new Error(`the button is disabled: ${textOf(element)}`);
    this.fire(element, 'touchstart');
    this.fire(element, 'touchend');
    let ran = this.fire(element, 'tap', { x: 0, y: 0 });
    const form = formBehind(element);
    if (form) ran += this.fire(form.form, form.type, { value: form.value });
    if (ran === 0) throw new Error(`a tap on 「${textOf(element)}」 reaches no handler`);
    await this.settle();
  }

  /** Types into an input or textarea. */
  async type(target: ViewElement | string, value: string): Promise<void> {
    const element = typeof target === 'string' ? this.find(target) : target;
    const sid = String(element.attributes['data-sid']);
    const again = (): ViewElement => this.find(`[data-sid=${sid}]`);
    this.fire(element, 'focus', { value: element.attributes['value'] ?? '', height: 0 });
    await this.settle();
    const limit = Number(again().attributes['maxlength'] ?? 140);
    const typed = limit >= 0 ? value.slice(0, limit) : value;
    for (const event of ['input', 'blur']) {
      this.fire(again(), event, { value: typed, cursor: typed.length });
      await this.settle();
    }
  }

  fire(element: ViewElement, type: string, detail: Record<string, unknown> = {}): number {
    return dispatch(element, type, detail, (name) => this.problem(`the handler ${name} is missing`));
  }

  /** Waits until the condition holds; throws with what the page reads after `withinMs`. */
  async waitFor(condition: () => boolean, withinMs = 8000): Promise<void> {
    const until = Date.now() + withinMs;
    while (!condition()) {
      if (Date.now() > until) throw new Error(`waited in vain; the page reads:\n${this.text()}`);
      await pause(20);
    }
  }

  waitForText(text: string, withinMs?: number): Promise<void> {
    return this.waitFor(() => this.text().includes(text), withinMs);
  }

  /** Closes every page; timers of the bundle end with their pages. */
  close(): void {
    for (const page of [...this.stack, ...this.keptTabs.values()]) this.unload(page);
    this.stack = [];
  }

  /** Waits until no call is open and no timer has changed anything for a moment. */
  private async settle(): Promise<void> {
    const until = Date.now() + 5000;
    for (let last = -1; Date.now() < until; last = this.changes) {
      await pause(30);
      if (this.changes === last && this.openCalls === 0) return;
    }
  }

  private get top(): OpenPage {
    const page = this.stack.at(-1);
    if (!page) throw new Error('no page is open');
    return page;
  }

  private problem(message: string): void {
    if (!this.problems.includes(message)) this.problems.push(message);
  }

  private resolve(url: string): { route: string; query: Record<string, string> } {
    const [written = '', search = ''] = url.split('?');
    const base = this.stack.at(-1)?.route ?? '';
    const route = written.startsWith('/')
      ? written.slice(1)
      : path.posix.join(path.posix.dirname(base), written);
    if (!this.routes.includes(route)) throw new Error(`page "${route}" is not found`);
    const pairs = search.split('&').filter(Boolean);
    const query = pairs.map((pair) => pair.split('=').map(decodeURIComponent) as [string, string]);
    return { route, query: Object.fromEntries(query) };
  }

  private async open(url: string): Promise<void> {
    const { route, query } = this.resolve(url);
    const definition = this.bundle.definitionOf(route);
    const instance: Instance = Object.assign(Object.create(null), definition);
    const page: OpenPage = {
      route,
      instance,
      json: this.bundle.json(route),
      components: new Map(),
      closed: false,
    };
    instance['route'] = route;
    instance['__route__'] = route;
    instance['options'] = query;
    instance.data = copyOf((definition['data'] ?? {}) as Record<string, unknown>);
    instance['setData'] = (data: Record<string, unknown>, done?: () => void) =>
      this.setData(page, instance, data, done);
    instance['getPageId'] = () => route;
    instance['selectComponent'] = () => null;
    instance['selectAllComponents'] = () => [];
    this.stack.push(page);
    call(instance, 'onLoad', query);
    call(instance, 'onShow');
    await this.settle();
    call(instance, 'onReady');
    await this.settle();
  }

  private unload(page: OpenPage): void {
    if (page.closed) return;
    page.closed = true;
    call(page.instance, 'onUnload');
  }

  private setData(
    page: OpenPage,
    instance: Instance,
    data: Record<string, unknown>,
    done?: () => void,
  ): void {
    const text = JSON.stringify(data, (key, value) => {
      if (typeof value === 'function') this.problem(`setData was given a function at ${key}`);
      return value;
    });
    this.changes += 1;
    if (text.length > maxSetData)
      this.problem(`setData of ${text.length} bytes is over WeChat's limit of 1 MB`);
    for (const [key, value] of Object.entries(JSON.parse(text) as Record<string, unknown>)) {
      instance.data = withValueAt(instance.data, keysOf(key), value) as Record<string, unknown>;
    }
    if (!page.closed) this.render(page);
    if (done) setTimeout(() => done.call(instance));
  }

  private render(page = this.top): ViewElement {
    const seen = new Set<string>();
    const children = this.templates.render(`${page.route}.wxml`, page.instance, {
      problem: (message) => this.problem(message),
      component: (tag, attributes, owner) => this.mount(page, seen, tag, attributes, owner),
    });
    const root: ViewElement = { tag: 'page', attributes: {}, children, owner: page.instance };
    for (const child of children) child.parent = root;
    for (const [key, component] of page.components) {
      if (seen.has(key)) continue;
      page.components.delete(key);
      lifetime(component, 'detached');
    }
    return root;
  }

  /** The component behind a tag (Taro's `comp` and `custom-wrapper`), made at its first rendering. */
  private mount(
    page: OpenPage,
    seen: Set<string>,
    tag: string,
    attributes: Record<string, unknown>,
    owner: Instance,
  ): { instance: Instance; template: string } | undefined {
    const parent = [...page.components.values()].find((each) => each.instance === owner);
    const used = (parent?.json ?? page.json)['usingComponents'] as Record<string, string> | undefined;
    const source = used?.[tag];
    if (!source) return undefined;
    const from = path.posix.dirname(parent?.file ?? page.route);
    const file = source.startsWith('/') ? source.slice(1) : path.posix.join(from, source);
    const key = `${file}#${(attributes['i'] as { sid?: string } | undefined)?.sid ?? ''}`;
    seen.add(key);
    const component = page.components.get(key) ?? this.create(page, key, file);
    for (const name of Object.keys((component.definition['properties'] ?? {}) as object)) {
      if (!(name in attributes)) continue;
      // Compared by value: the template runtime hands out copies.
      const given = JSON.stringify(attributes[name]);
      if (component.given.get(name) === given) continue;
      component.given.set(name, given);
      component.instance.data = { ...component.instance.data, [name]: attributes[name] };
    }
    if (!component.attached) {
      component.attached = true;
      lifetime(component, 'attached');
    }
    return { instance: component.instance, template: component.template };
  }

  private create(page: OpenPage, key: string, file: string): OpenComponent {
    const definition = this.bundle.definitionOf(file);
    const properties = Object.entries(
      (definition['properties'] ?? {}) as Record<string, { value?: unknown }>,
    );
    const instance: Instance = {
      data: {
        ...(definition['data'] as object),
        ...Object.fromEntries(properties.map(([name, { value }]) => [name, value])),
      },
      is: file,
      ...(definition['methods'] as object),
    };
    instance['setData'] = (data: Record<string, unknown>, done?: () => void) =>
      this.setData(page, instance, data, done);
    const component: OpenComponent = {
      instance,
      definition,
      template: `${file}.wxml`,
      file,
      json: this.bundle.json(file),
      given: new Map(),
      attached: false,
    };
    page.components.set(key, component);
    return component;
  }

  private navigation(): Record<
    'navigateTo' | 'redirectTo' | 'reLaunch' | 'switchTab' | 'navigateBack',
    Answer
  > {
    const routeOf = (url: unknown, tab: boolean | undefined): string => {
      const { route } = this.resolve(String(url));
      if (tab === true && !this.tabs.includes(route)) throw new Error('can not switch to no-tabBar page');
      if (tab === false && this.tabs.includes(route)) throw new Error('can not navigateTo a tabbar page');
      return route;
    };
    return {
      navigateTo: async ({ url }) => {
        routeOf(url, false);
        if (this.stack.length >= maxPages) throw new Error('page limit exceeded');
        call(this.top.instance, 'onHide');
        await this.open(String(url));
      },
      redirectTo: async ({ url }) => {
        routeOf(url, false);
        this.unload(this.stack.pop()!);
        await this.open(String(url));
      },
      reLaunch: async ({ url }) => {
        routeOf(url, undefined);
        for (const page of [...this.stack.splice(0), ...this.keptTabs.values()]) this.unload(page);
        this.keptTabs.clear();
        await this.open(String(url));
      },
      switchTab: async ({ url }) => {
        const route = routeOf(url, true);
        while (this.stack.length > 1) this.unload(this.stack.pop()!);
        const current = this.stack[0];
        if (current?.route === route) return;
        if (current) {
          call(current.instance, 'onHide');
          if (this.tabs.includes(current.route)) this.keptTabs.set(current.route, current);
          else this.unload(current);
          this.stack.pop();
        }
        const kept = this.keptTabs.get(route);
        if (!kept) return this.open(`/${route}`);
        this.stack.push(kept);
        call(kept.instance, 'onShow');
      },
      navigateBack: async ({ delta }) => {
        const count = Math.min(Number(delta ?? 1), this.stack.length - 1);
        for (let i = 0; i < count; i++) this.unload(this.stack.pop()!);
        call(this.top.instance, 'onShow');
      },
    };
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function call(target: Record<string, unknown>, name: string, ...args: unknown[]): void {
  const method = target[name];
  if (typeof method === 'function') (method as Method).apply(target, args);
}

function lifetime(component: OpenComponent, name: 'attached' | 'detached'): void {
  const lifetimes = component.definition['lifetimes'] as Record<string, unknown> | undefined;
  const method = lifetimes?.[name] ?? component.definition[name];
  if (typeof method === 'function') (method as Method).call(component.instance);
}
