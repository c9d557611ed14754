import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Plugin } from "vite";

const EMBEDDED_FONT = /url\(["']?data:[\w/+-]*font[\w/+-]*;[^,]*base64,([A-Za-z0-9+/=]+)["']?\)/g;

/**
 * Takes fonts out of style sheets that carry them as base64: as files they are loaded when they are needed, beside the
 * styles instead of before them, and stay in the browser's cache when the styles change.
 *
 * @param folder where the fonts are kept for the build; made if it is not there
 */
export function fontsAsFiles(folder: string): Plugin {
  return {
    name: "fonts-as-files",
    enforce: "pre",
    transform(code, id) {
      if (!id.split("?")[0]?.endsWith(".css") || !code.includes("base64,")) {
        return undefined;
      }
      const withoutFonts = code.replace(EMBEDDED_FONT, (_whole, base64: string) => {
        const font = Buffer.from(base64, "base64");
        const name = createHash("sha256").update(font).digest("hex").slice(0, 16);
        mkdirSync(folder, { recursive: true });
        const file = path.join(folder, `${name}.woff2`);
        writeFileSync(file, font);
        return `url("${file}")`;
      });
      return { code: withoutFonts, map: null };
    },
  };
}
