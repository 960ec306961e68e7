/** Options every wx function takes. */
export interface WxOptions {
  success?: (result: unknown) => void;
  fail?: (error: unknown) => void;
  complete?: (result: unknown) => void;
  [name: string]: unknown;
}

export type WxFunction = (options?: WxOptions) => unknown;

/** Counts calls that have not answered yet, so that a test can wait until the app is at rest. */
export class Calls {
  readonly made: Array<{ name: string; options: WxOptions }> = [];
  pending = 0;

  /**
   * A wx function in WeChat's manner: with callbacks it answers through them; with none it answers a promise;
   * `errMsg` is `name:ok` or `name:fail why`.
   */
  wrap(name: string, run: (options: WxOptions) => unknown): WxFunction {
    return (options = {}) => {
      this.made.push({ name, options });
      this.pending += 1;
      const work = Promise.resolve()
        .then(() => run(options))
        .then(
          (result) => ({ ok: true as const, value: { errMsg: `${name}:ok`, ...(result as object) } }),
          (thrown: unknown) => ({
            ok: false as const,
            value: { errMsg: `${name}:fail ${thrown instanceof Error ? thrown.message : String(thrown)}` },
          }),
        );
      const answered = work.then((answer) => {
        this.pending -= 1;
        return answer;
      });
      if (!options.success && !options.fail && !options.complete) {
        return answered.then((answer) => (answer.ok ? answer.value : Promise.reject(answer.value)));
      }
      void answered.then((answer) => {
        if (answer.ok) options.success?.(answer.value);
        else options.fail?.(answer.value);
        options.complete?.(answer.value);
      });
      return undefined;
    };
  }

  of(name: string): WxOptions[] {
    return this.made.filter((call) => call.name === name).map((call) => call.options);
  }
}
