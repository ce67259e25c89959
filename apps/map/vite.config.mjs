import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { basemap } from './basemap/plugin.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [basemap()],
  build: {
    outDir: here('../../dist/map'),
    emptyOutDir: true,
    target: 'es2022',
    // The service answers with `font-src 'self'` and `script-src 'self'`: nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    reportCompressedSize: true,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4180' } },
});
