import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

/** What a bundle registers with App(), Page() and Component(). */
export type Registered = Record<string, unknown>;

/**
 * The side of WeChat that runs code: ECMAScript's own globals, `wx`, timers and a console, and nothing of a
 * browser or of Node. Code that reaches for `window`, `localStorage`, `fetch`, `URL` or `Buffer` fails here
 * as it fails on a phone.
 */
export class LogicLayer {
  private readonly context: vm.Context;
  private readonly modules = new Map<string, { exports: unknown }>();
  private readonly registered = new Map<'App' | 'Page' | 'Component', Registered>();
  readonly logs: string[] = [];

  constructor(
    private readonly dist: string,
    wx: object,
    pages: () => readonly unknown[],
  ) {
    const take = (kind: 'App' | 'Page' | 'Component') => (definition: Registered) => {
      this.registered.set(kind, definition);
    };
    this.context = vm.createContext({
      wx,
      console: this.quietConsole(),
      setTimeout,
      clearTimeout,
      setInterval,
      clearInterval,
      App: take('App'),
      Page: take('Page'),
      Component: take('Component'),
      Behavior: (definition: Registered) => definition,
      getApp: () => this.registered.get('App'),
      getCurrentPages: () => pages(),
      __wxConfig: {},
    });
    for (const name of ['WebAssembly', 'SharedArrayBuffer', 'escape', 'unescape']) {
      vm.runInContext(`delete globalThis.${name}`, this.context);
    }
  }

  /** Runs a file of the bundle and answers what it registered. */
  load(file: string, kind: 'App' | 'Page' | 'Component'): Registered {
    this.registered.delete(kind);
    this.require(file);
    const definition = this.registered.get(kind);
    if (!definition) throw new Error(`${file} did not call ${kind}()`);
    return definition;
  }

  private require(name: string): unknown {
    const file = name.endsWith('.js') ? name : `${name}.js`;
    const known = this.modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} as unknown };
    this.modules.set(file, module);
    const full = path.join(this.dist, file);
    const code = `(function (require, module, exports) {${readFileSync(full, 'utf8')}\n})`;
    const run = vm.runInContext(code, this.context, { filename: full }) as (
      this: unknown,
      require: (relative: string) => unknown,
      module: unknown,
      exports: unknown,
    ) => void;
    const here = path.posix.dirname(file);
    run.call(
      module.exports,
      (relative) => this.require(path.posix.join(here, relative)),
      module,
      module.exports,
    );
    return module.exports;
  }

  private quietConsole(): Record<string, (...words: unknown[]) => void> {
    const names = ['log', 'info', 'debug', 'warn', 'error', 'group', 'groupEnd', 'time', 'timeEnd'];
    return Object.fromEntries(
      names.map((name) => [
        name,
        (...words: unknown[]) => {
          this.logs.push(`${name}: ${words.map(String).join(' ')}`);
        },
      ]),
    );
  }
}
