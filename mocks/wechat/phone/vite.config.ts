import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: '/phone/',
  esbuild: { jsx: 'automatic' },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022' },
});
