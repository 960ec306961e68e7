import { readFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from '@tarojs/cli';
import { require as requireTypeScript } from 'tsx/cjs/api';

const here = (...parts: string[]): string => path.resolve(__dirname, ...parts);

/** Folder of an installed package, as seen from another one. */
const folderOf = (name: string, from = __dirname): string =>
  path.dirname(require.resolve(`${name}/package.json`, { paths: [from] }));

// Taro compiles TypeScript in config/ only; the tokens live with the parts that use them.
const { tokensAsScss } = requireTypeScript(
  here('../src/ui/tokens.ts'),
  __filename,
) as typeof import('../src/ui/tokens.ts');

/** What is ours or modern besides src/: the forms, judged on the phone as on the server, and the checks they are made of. */
const compile = {
  include: [
    here('../../server/areas/applications/forms'),
    here('../../server/kernel/identifiers'),
    folderOf('zod'),
  ],
};

/** Taro build settings. Drawn for a screen 375 wide: 1px in a style is 2rpx (weapp) or a share of rem (h5). */
export default defineConfig({
  projectName: 'service-hall',
  date: '2026-11-25',
  designWidth: 375,
  deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
  sourceRoot: 'src',
  outputRoot: `dist/${process.env['TARO_ENV']}`,
  framework: 'react',
  // npm nests these packages (another vite lives at the root) where Taro's own hoisted ones do not look.
  alias: {
    '@tarojs/plugin-framework-react': folderOf('@tarojs/plugin-framework-react'),
    '@tarojs/router': folderOf('@tarojs/router', folderOf('@tarojs/taro-h5')),
  },
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: process.env['TARO_CACHE'] === '1' },
  plugins: ['@tarojs/plugin-html', here('a11y/index.js')],
  defineConstants: { API_BASE: JSON.stringify(process.env['API_BASE'] ?? 'http://127.0.0.1:3000') },
  // Every style sees the tokens and the mixins without importing them.
  sass: { data: `${tokensAsScss()}\n${readFileSync(here('../src/ui/mixins.scss'), 'utf8')}` },
  mini: {
    compile,
    optimizeMainPackage: { enable: true },
    postcss: { pxtransform: { enable: true, config: {} } },
    miniCssExtractPluginOption: { ignoreOrder: true },
  },
  h5: {
    compile,
    publicPath: '/h5/',
    staticDirectory: 'static',
    router: { mode: 'hash' },
    output: { filename: 'js/[name].[hash:8].js', chunkFilename: 'js/[name].[chunkhash:8].js' },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: 'css/[name].[hash].css',
      chunkFilename: 'css/[name].[chunkhash].css',
    },
    // Beyond 430 px the page grows wider, its letters do not.
    postcss: { pxtransform: { enable: true, config: { maxRootSize: 23 } } },
  },
});
