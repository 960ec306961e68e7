// Tests stand beside the code they test. They share one store, started by `npm test` (or `npm run test:store`),
// each file in a database of its own; the type check is a separate step, so tsx only strips types here.
export default {
  files: ['server/**/*.test.ts', 'mocks/**/*.test.ts', 'miniprogram/test/**/*.test.ts'],
  extensions: { ts: 'module' },
  nodeArguments: ['--import=tsx'],
  // Longer than the longest test on a busy machine; a test that hangs is named and its file runs once more (mocks/launcher).
  timeout: '5m',
  concurrency: 2,
  workerThreads: false,
};
