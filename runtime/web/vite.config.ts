import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const frame = new RegExp([
  'node_modules/(react|react-dom|scheduler|i18next)/',
  'node_modules/@tanstack/(history|query-core|react-query|react-router|react-store|router-core'
    + '|store)/',
  'web-kit/src/(a11y|i18n/[a-z0-9_]+\\.ts|api)/',
  'web-kit/src/ui/(avatar|button|confirm|dialog|empty_state|error_state|icon|icon_button|icon_paths'
    + '|initials|kbd|link|mark|menu|place|popover|toast_store|use_phone|art_drawing|art_shapes)\\.',
].join('|'));

const api = process.env['TENON_API'] ?? 'http://127.0.0.1:8080';
const proxy = { '/api': api };

// The dev server asks a running Tenon for everything below /api.
export default defineConfig({
  root: here('.'),
  plugins: [react()],
  server: {
    host: '127.0.0.1',
    port: 5173,
    fs: { allow: [here('../..')] },
    proxy,
  },
  build: {
    outDir: here('../../build/web'),
    emptyOutDir: true,
    target: 'es2023',
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
        // What every page has stands in one file: many small ones pack worse.
        codeSplitting: { groups: [{ name: 'frame', test: frame }] },
      },
    },
  },
});
