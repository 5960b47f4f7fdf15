// Builds the islands once more for pages on a disk, which load no module: a loader, and one bundle of all of them.
import { defineConfig } from "vite";

/** Oxigraph names its WebAssembly file as a default that nobody uses here; it would stand in the worker twice. */
const once = {
  name: "once",
  transform: (code: string, id: string) =>
    id.includes("oxigraph/web.js") ? code.replace(/new URL\(['"]web_bg\.wasm['"], import\.meta\.url\)/, "undefined") : null,
};

/** A bundle does not know where it lies; an address in it is made against that of the page. */
const placed = {
  name: "placed",
  enforce: "post" as const, // after workers have been found by it
  transform: (code: string) => code.replace(/import\.meta\.url\b/g, "document.baseURI"),
};

export default defineConfig(({ mode }) => ({
  base: "./",
  publicDir: false,
  plugins: [placed],
  define: { "process.env.NODE_ENV": '"production"' },
  build: {
    outDir: "../itbkg_api/pages/built/disk",
    emptyOutDir: mode === "loader",
    modulePreload: false,
    target: "es2022",
    assetsInlineLimit: Number.MAX_SAFE_INTEGER, // what a worker needs stands in it
    reportCompressedSize: false,
    rollupOptions: {
      input: `src/disk/${mode}.ts`,
      output: { format: "iife", entryFileNames: "[name].js", codeSplitting: false },
    },
  },
  worker: { format: "iife", plugins: () => [once], rollupOptions: { output: { entryFileNames: "assets/[name].js" } } },
}));
