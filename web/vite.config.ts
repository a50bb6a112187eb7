import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  server: {
    proxy: {
      // The host stays what the browser called, or the API would take its requests for another site's.
      '/api': { target: process.env.HOSTWRIGHT_API ?? 'http://127.0.0.1:8080', changeOrigin: false },
    },
  },
  build: {
    outDir: 'dist',
    // The server's content security policy allows no data: fonts or scripts, so nothing may be inlined.
    assetsInlineLimit: 0,
    target: 'es2022',
  },
});
