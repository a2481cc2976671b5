import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  build: {
    target: 'es2022',
    // The content policy allows fonts and images from the app itself only, not data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // Without the browser condition Svelte resolves to its server build and nothing mounts.
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  test: { include: ['tests/**/*.test.ts'] },
});
