import path from 'node:path';
import { setPath } from './dataPath.ts';
import type { LogicLayer, Registered } from './logicLayer.ts';
import { readJson } from './settings.ts';
import type { ViewLayer } from './viewLayer.ts';
import { isText, type Owner, type ViewNode } from './viewNode.ts';

type Instance = Owner & { data: Record<string, unknown> };
interface UsingComponents {
  usingComponents?: Record<string, string>;
}
interface Mounted {
  readonly instance: Instance;
  readonly file: string;
  readonly definition: Registered;
  readonly using: UsingComponents;
  /** Last property values by their JSON: wcc copies them, so identity says nothing. */
  readonly given: Map<string, string>;
}

/** A page on the stack, with the custom components mounted in it. */
export class HostPage {
  readonly instance: Instance;
  closed = false;
  setDataCount = 0;
  private readonly mounted = new Map<string, Mounted>();
  private readonly mountedOf = new Map<Owner, Mounted>();
  private readonly using: UsingComponents;

  constructor(
    readonly route: string,
    readonly query: Record<string, string>,
    private readonly dist: string,
    private readonly logic: LogicLayer,
    private readonly view: ViewLayer,
    private readonly problem: (message: string) => void,
    definition: Registered,
  ) {
    this.using = readJson<UsingComponents>(path.join(dist, `${route}.json`));
    this.instance = this.makeInstance(definition);
    Object.assign(this.instance, { route, __route__: route, options: query, getPageId: () => route });
  }

  call(name: string, ...args: unknown[]): void {
    const method = this.instance[name];
    if (typeof method === 'function') method.apply(this.instance, args);
  }

  /** Renders the page as it is now; mounts and unmounts custom components on the way. */
  tree(): ViewNode {
    const seen = new Set<string>();
    const children = this.view.render(
      `${this.route}.wxml`,
      this.instance.data,
      this.instance,
      (tag, attrs, owner) => this.component(tag, attrs, owner, seen),
      this.problem,
    );
    const root: ViewNode = { tag: 'page', attrs: {}, children, owner: this.instance, parent: undefined };
    for (const child of children) if (!isText(child)) child.parent = root;
    for (const [key, mounted] of this.mounted) {
      if (seen.has(key)) continue;
      this.mounted.delete(key);
      lifetime(mounted, 'detached');
    }
    return root;
  }

  private component(
    tag: string,
    attrs: Readonly<Record<string, unknown>>,
    owner: Owner,
    seen: Set<string>,
  ): { template: string; owner: Instance } | null {
    const around = this.mountedOf.get(owner);
    const source = (around?.using ?? this.using).usingComponents?.[tag];
    if (source === undefined) return null;
    const file = source.startsWith('/')
      ? source.slice(1)
      : path.posix.join(path.posix.dirname(around?.file ?? this.route), source);
    const key = `${file}#${String((attrs['i'] as { sid?: string } | undefined)?.sid ?? '')}`;
    seen.add(key);
    const known = this.mounted.get(key);
    const mounted = known ?? this.mount(key, file);
    this.give(mounted, attrs);
    if (!known) lifetime(mounted, 'attached');
    return { template: file, owner: mounted.instance };
  }

  private mount(key: string, file: string): Mounted {
    const definition = componentOf(this.logic, file);
    const properties = (definition['properties'] ?? {}) as Record<string, { value?: unknown } | null>;
    const instance = this.makeInstance({ data: definition['data'], ...(definition['methods'] as object) });
    for (const [name, property] of Object.entries(properties)) instance.data[name] = property?.value;
    const using = readJson<UsingComponents>(path.join(this.dist, `${file}.json`));
    const mounted = { instance, file, definition, using, given: new Map<string, string>() };
    this.mounted.set(key, mounted);
    this.mountedOf.set(instance, mounted);
    return mounted;
  }

  private give(mounted: Mounted, attrs: Readonly<Record<string, unknown>>): void {
    for (const name of Object.keys((mounted.definition['properties'] ?? {}) as object)) {
      if (!(name in attrs)) continue;
      const json = JSON.stringify(attrs[name]);
      if (mounted.given.get(name) === json) continue;
      mounted.given.set(name, json);
      mounted.instance.data = { ...mounted.instance.data, [name]: attrs[name] };
    }
  }

  private makeInstance(definition: Registered): Instance {
    // Taro keeps lifecycle functions on the definition itself; each page gets a copy of its own.
    const instance = { ...definition, data: structuredCopy(definition['data'] ?? {}) } as Instance;
    instance['setData'] = (change: Record<string, unknown>, done?: () => void) =>
      this.setData(instance, change, done);
    instance['selectComponent'] = () => null;
    instance['selectAllComponents'] = () => [];
    return instance;
  }

  /** As over WeChat's bridge: JSON only, 1 MB at most, paths like `root.cn.[0].v`. */
  private setData(instance: Instance, change: Record<string, unknown>, done?: () => void): void {
    this.setDataCount++;
    const json = JSON.stringify(change, (name, value: unknown) => {
      if (typeof value === 'function') this.problem(`setData: a function at ${name}`);
      return value;
    });
    if (json.length > 1024 * 1024)
      this.problem(`setData: ${json.length} bytes, WeChat refuses more than 1 MB`);
    for (const [dotted, value] of Object.entries(JSON.parse(json) as Record<string, unknown>)) {
      instance.data = setPath(instance.data, dotted, value) as Record<string, unknown>;
    }
    if (!this.closed) this.tree();
    if (done) setTimeout(() => done.call(instance));
  }
}

const definitions = new WeakMap<LogicLayer, Map<string, Registered>>();

function componentOf(logic: LogicLayer, file: string): Registered {
  const known = definitions.get(logic) ?? new Map<string, Registered>();
  definitions.set(logic, known);
  const definition = known.get(file) ?? logic.load(file, 'Component');
  known.set(file, definition);
  return definition;
}

function lifetime(mounted: Mounted, name: 'attached' | 'detached'): void {
  const lifetimes = (mounted.definition['lifetimes'] ?? {}) as Record<string, unknown>;
  const run = lifetimes[name] ?? mounted.definition[name];
  if (typeof run === 'function') run.call(mounted.instance);
}

const structuredCopy = (value: unknown): Record<string, unknown> =>
  JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
