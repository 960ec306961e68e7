import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

/** What a page, component or app hands to `Page()`, `Component()`, `App()`. */
export type Definition = Record<string, unknown>;

/**
 * The logic layer: runs the bundle's JavaScript with nothing but what WeChat's has. No window, document, fetch,
 * localStorage, process, Buffer or URL: code that touches one of them fails here as it would on a phone.
 */
export class Bundle {
  private readonly modules = new Map<string, { exports: unknown }>();
  private readonly context: vm.Context;
  private readonly definitions = new Map<string, Definition>();
  private last: Definition | undefined;

  constructor(
    readonly directory: string,
    globals: {
      wx: object;
      getApp: () => unknown;
      getCurrentPages: () => unknown[];
      log: (level: string, text: string) => void;
    },
  ) {
    const define = (definition: Definition): void => {
      this.last = definition;
    };
    const levels = ['log', 'info', 'debug', 'warn', 'error', 'group', 'groupEnd', 'time', 'timeEnd'];
    this.context = vm.createContext({
      wx: globals.wx,
      console: Object.fromEntries(
        levels.map((level) => [
          level,
          (...parts: unknown[]) => globals.log(level, parts.map(String).join(' ')),
        ]),
      ),
      setTimeout,
      clearTimeout,
      setInterval,
      clearInterval,
      App: define,
      Page: define,
      Component: define,
      Behavior: (definition: Definition) => definition,
      getApp: globals.getApp,
      getCurrentPages: globals.getCurrentPages,
      global: {},
      __wxConfig: {},
    });
    for (const absent of ['WebAssembly', 'SharedArrayBuffer'])
      vm.runInContext(`delete globalThis.${absent}`, this.context);
  }

  /** Runs a module once and gives what it handed to App(), Page() or Component(). */
  definitionOf(file: string): Definition {
    const known = this.definitions.get(file);
    if (known) return known;
    this.last = undefined;
    this.require(file);
    if (!this.last) throw new Error(`${file}.js registered nothing`);
    this.definitions.set(file, this.last);
    return this.last;
  }

  json(file: string): Record<string, unknown> {
    return JSON.parse(readFileSync(path.join(this.directory, `${file}.json`), 'utf8')) as Record<
      string,
      unknown
    >;
  }

  private require(name: string): unknown {
    const file = name.endsWith('.js') ? name : `${name}.js`;
    const known = this.modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} as unknown };
    this.modules.set(file, module);
    const full = path.join(this.directory, file);
    const wrapped = `(function(require,module,exports){${readFileSync(full, 'utf8')}\n})`;
    const run = vm.runInContext(wrapped, this.context, { filename: full }) as (
      require: (name: string) => unknown,
      module: { exports: unknown },
      exports: unknown,
    ) => void;
    run.call(
      module.exports,
      (wanted) => this.require(path.posix.join(path.posix.dirname(file), wanted)),
      module,
      module.exports,
    );
    return module.exports;
  }
}
