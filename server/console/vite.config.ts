import path from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  esbuild: { jsx: 'automatic' },
  build: {
    outDir: path.join(import.meta.dirname, 'dist'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 700,
  },
  // `vite server/console` while a server runs: the front end reloads, the data is the server's.
  server: { host: '127.0.0.1', proxy: { '/api': process.env['CONSOLE_API'] ?? 'http://127.0.0.1:3000' } },
});
