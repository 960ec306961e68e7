import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Instance, ViewElement, ViewNode } from './node.ts';

/** A custom component that stands at a tag: its instance and its own template. */
export interface MountedComponent {
  readonly instance: Instance;
  readonly template: string;
}

export interface RenderNeeds {
  /** Told of what WeChat would write into its console: a missing template, a bad expression. */
  readonly problem: (message: string) => void;
  readonly component: (
    tag: string,
    attributes: Record<string, unknown>,
    owner: Instance,
  ) => MountedComponent | undefined;
}

interface CompiledNode {
  tag: string;
  attr?: Record<string, unknown>;
  children: (CompiledNode | string | number | null)[];
}

type Generator = (data: Record<string, unknown>) => CompiledNode;

/**
 * Tencent's own compilers (`wcc` for WXML, `wcsc` for WXSS), which the npm package miniprogram-compiler ships as Linux
 * binaries without their run bit: a copy that can run is made once a process.
 */
const copies = new Map<string, string>();
export function compilerBinary(name: 'wcc' | 'wcsc'): string {
  const known = copies.get(name);
  if (known) return known;
  const home = path.dirname(createRequire(import.meta.url).resolve('miniprogram-compiler/package.json'));
  const source = [`bin/linux/${name}`, `bin/${name}`].map((each) => path.join(home, each)).find(existsSync);
  if (!source) throw new Error(`miniprogram-compiler ships no ${name} for Linux`);
  const copy = path.join(mkdtempSync(path.join(tmpdir(), 'hall-wcc-')), name);
  copyFileSync(source, copy);
  chmodSync(copy, 0o755);
  copies.set(name, copy);
  return copy;
}

export const filesIn = (directory: string, extension: RegExp): string[] =>
  (readdirSync(directory, { recursive: true }) as string[])
    .filter((file) => extension.test(file))
    .map((file) => `./${file}`)
    .sort();

/** The compiled templates of a weapp bundle, rendered by WeChat's own expression runtime. */
export class Templates {
  private readonly find: (template: string) => Generator | undefined;
  private readonly notes: string[] = [];

  /** Throws what `wcc` says when a template does not compile. */
  constructor(bundle: string) {
    const files = filesIn(bundle, /\.(wxml|wxs)$/);
    const code = execFileSync(compilerBinary('wcc'), ['-d', ...files], {
      cwd: bundle,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const note = (message: string): void => void this.notes.push(String(message));
    // Evaluated in this realm on purpose: the runtime tests `o.constructor === Object` on the data it is given.
    const evaluate = new Function('window', 'global', '__wxAppCode__', 'console', `${code};return $gwx`);
    this.find = evaluate({}, {}, {}, { log: note, warn: note, error: note });
  }

  render(template: string, owner: Instance, needs: RenderNeeds): ViewNode[] {
    const generate = this.find(`./${template}`);
    if (!generate) throw new Error(`the bundle has no template ${template}`);
    const nodes = this.elements(generate(owner.data).children, owner, needs);
    for (const message of this.notes.splice(0)) needs.problem(message);
    return nodes;
  }

  private elements(compiled: CompiledNode['children'], owner: Instance, needs: RenderNeeds): ViewNode[] {
    return compiled.flatMap((node): ViewNode[] => {
      if (node === null || node === '') return [];
      if (typeof node !== 'object') return String(node).trim() === '' ? [] : [{ text: String(node) }];
      if (node.tag === 'virtual' || node.tag === 'wx-block')
        return this.elements(node.children, owner, needs);
      const attributes = Object.fromEntries(
        Object.entries(node.attr ?? {}).map(([key, value]) => [asWritten(key), value]),
      );
      const tag = node.tag.replace(/^wx-/, '');
      const component = needs.component(tag, attributes, owner);
      const children = component
        ? this.render(component.template, component.instance, needs)
        : this.elements(node.children, owner, needs);
      const element: ViewElement = { tag, attributes, children, owner };
      for (const child of children) child.parent = element;
      return [element];
    });
  }
}

/** wcc turns attribute names into camel case; tests and selectors use them as written. */
const asWritten = (key: string): string =>
  /^(data-|bind|catch)/.test(key) ? key : key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
