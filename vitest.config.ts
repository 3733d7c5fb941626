import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['runtime/web-kit/src/**/*.test.ts', 'runtime/web/src/**/*.test.ts'],
    environment: 'node',
  },
});
