import { compileWxml } from './compiler.ts';
import type { Owner, TextNode, ViewNode } from './viewNode.ts';

/** What wcc's program gives: a tree of wx-view … with evaluated attributes. */
interface Raw {
  readonly tag: string;
  readonly attr?: Record<string, unknown>;
  readonly children: ReadonlyArray<Raw | string | number | null | undefined>;
}
type Template = (data: unknown) => { children: Raw['children'] };

/** A custom component found in a template: its template and its own instance; null for a builtin. */
export type FindComponent = (
  tag: string,
  attrs: Readonly<Record<string, unknown>>,
  owner: Owner,
) => { template: string; owner: Owner & { data: unknown } } | null;

/** The side of WeChat that shows pages: Tencent's compiler and expression runtime on the real templates. */
export class ViewLayer {
  private readonly template: (file: string) => Template | undefined;
  private notes: string[] = [];

  constructor(dist: string) {
    const note = (message: unknown): number => this.notes.push(String(message));
    // Evaluated in this realm, not in the app's: wcc's runtime compares `o.constructor === Object` with the data's.
    const program = new Function(
      'window',
      'global',
      '__wxAppCode__',
      'console',
      `${compileWxml(dist)};return $gwx`,
    );
    this.template = program({}, {}, {}, { log: note, warn: note, error: note }) as typeof this.template;
  }

  /** Renders a template file; what the runtime complains about (a template that does not exist) goes to `problem`. */
  render(
    file: string,
    data: unknown,
    owner: Owner,
    find: FindComponent,
    problem: (message: string) => void,
  ): Array<ViewNode | TextNode> {
    const template = this.template(`./${file}`);
    if (!template) throw new Error(`no compiled template for ${file}`);
    const { children } = template(data);
    for (const note of this.notes.splice(0)) problem(note);
    return this.build(children, owner, find, problem);
  }

  private build(
    raw: Raw['children'],
    owner: Owner,
    find: FindComponent,
    problem: (message: string) => void,
  ): Array<ViewNode | TextNode> {
    return raw.flatMap((each): Array<ViewNode | TextNode> => {
      if (each === null || each === undefined) return [];
      if (typeof each !== 'object') {
        return String(each).trim() === '' ? [] : [{ text: String(each) }];
      }
      if (each.tag === 'virtual' || each.tag === 'wx-block') {
        return this.build(each.children, owner, find, problem);
      }
      const attrs = Object.fromEntries(
        Object.entries(each.attr ?? {}).map(([name, value]) => [kebab(name), value]),
      );
      const tag = each.tag.replace(/^wx-/, '');
      const component = find(tag, attrs, owner);
      const children = component
        ? this.render(`${component.template}.wxml`, component.owner.data, component.owner, find, problem)
        : this.build(each.children, owner, find, problem);
      const node: ViewNode = { tag, attrs, children, owner, parent: undefined };
      for (const child of children) if ('tag' in child) child.parent = node;
      return [node];
    });
  }
}

const kebab = (name: string): string =>
  /^(data-|bind|catch)/.test(name) ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
