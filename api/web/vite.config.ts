// Builds the islands into the Python package, with a manifest from which pages read the names.
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "../itbkg_api/pages/built",
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    target: "es2022",
    assetsInlineLimit: 0, // the policy of the pages allows no data: address
    reportCompressedSize: false,
    rollupOptions: { input: { site: "src/site.ts" } },
  },
});
