/** The directions of DESIGN.md, held by `npm run check:directions`. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'contract-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '/contract\\.ts$' },
      to: { path: '^(server|mocks|miniprogram)/' },
    },
    {
      name: 'rules-are-pure',
      comment: 'Rules and states take values and give values: no Koa, no mongoose, no environment.',
      severity: 'error',
      from: { path: '^server/areas/.*/(rules|states)\\.ts$' },
      to: { path: '(^|/)node_modules/(koa|koa-router|mongoose|mongodb|agenda|undici)(/|$)' },
    },
    {
      name: 'an-area-reaches-another-through-its-commands',
      severity: 'error',
      from: { path: '^server/areas/([^/]+)/', pathNot: '(\\.test\\.ts$|/testing/)' },
      to: {
        path: '^server/areas/([^/]+)/(model|routes|present|jobs)\\.ts$',
        pathNot: '^server/areas/$1/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'front-ends-import-contracts-only',
      comment: 'Forms are judged by one validator on the phone and on the server.',
      severity: 'error',
      from: { path: '^(miniprogram/src|server/console)/' },
      to: { path: '^server/(?!console/)', pathNot: '/contract\\.ts$|^server/areas/applications/forms/' },
    },
    {
      name: 'forms-run-on-the-phone',
      severity: 'error',
      from: { path: '^server/areas/applications/forms/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '.',
        pathNot: '^server/areas/applications/forms/|^server/kernel/identifiers/|node_modules/zod/',
      },
    },
    {
      name: 'stand-ins-import-nothing-of-ours',
      comment: 'A shared helper would hide a shared mistake.',
      severity: 'error',
      from: { path: '^mocks/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(server|miniprogram)/' },
    },
    {
      name: 'production-imports-no-stand-in',
      severity: 'error',
      from: { path: '^server/', pathNot: '(\\.test\\.ts$|/testing/|^server/(testing|bench|scripts|e2e)/)' },
      to: { path: '^mocks/' },
    },
    {
      name: 'kernel-knows-no-area',
      severity: 'error',
      from: { path: '^server/kernel/', pathNot: '\\.test\\.ts$' },
      to: { path: '^server/(areas|government|wechat)/' },
    },
    {
      name: 'production-imports-no-test-code',
      severity: 'error',
      from: { path: '^server/', pathNot: '(\\.test\\.ts$|/testing/|^server/(testing|bench|scripts|e2e)/)' },
      to: { path: '^server/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
