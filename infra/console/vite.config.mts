import path from "node:path";
import { defineConfig } from "vite";
import { fontsAsFiles } from "./build/fonts-as-files.mts";
import { oneAppLayout } from "./build/one-app-layout.mts";

const repository = path.resolve(import.meta.dirname, "../..");

/** Nothing is inlined: the content security policy wants scripts, styles and fonts as files of this origin. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    fontsAsFiles(path.join(repository, "node_modules/.cache/console-fonts")),
    oneAppLayout(),
  ],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      // zod tries whether it may compile schemas, which the page's policy forbids and reports. It reads its settings
      // from here as it is loaded, in whichever file it comes to be.
      output: { intro: "globalThis.__zod_globalConfig ??= { jitless: true };" },
      onLog: (level, log, tell) => {
        // Directives for servers that render React, which have no meaning here.
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") {
          tell(level, log);
        }
      },
    },
    target: "es2023",
  },
  server: {
    port: 5_173,
    fs: { allow: [repository] },
    // The page that `npm run local` serves says where its API is.
    proxy: { "/config.json": process.env["CONSOLE_CONFIG_FROM"] ?? "http://127.0.0.1:4600" },
  },
});
