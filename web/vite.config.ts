import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The UI as files that the server hands out: nothing inline, so that its Content-Security-Policy can be strict. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  logLevel: 'warn',
  build: {
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
