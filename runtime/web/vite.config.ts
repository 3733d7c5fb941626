import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { mockApi } from './dev/mock_api.ts';

const api = process.env['TENON_API'];
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Without TENON_API the dev server answers /api itself, from dev/fixtures.
export default defineConfig({
  root: here('.'),
  plugins: [react(), ...(api ? [] : [mockApi()])],
  server: {
    host: '127.0.0.1',
    port: 5173,
    fs: { allow: [here('../..')] },
    ...(api ? { proxy: { '/api': { target: api, changeOrigin: true } } } : {}),
  },
  preview: {
    host: '127.0.0.1',
    port: 4173,
    // As strict as the server: no inline script, no inline style.
    headers: {
      'Content-Security-Policy': "default-src 'self'; img-src 'self' data:; object-src 'none'",
    },
    ...(api ? { proxy: { '/api': { target: api, changeOrigin: true } } } : {}),
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
      },
    },
  },
});
