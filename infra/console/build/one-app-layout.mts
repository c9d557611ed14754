import type { Plugin } from "vite";

const CHOICE = "/@cloudscape-design/components/app-layout/internal.js";
const NOT_SHOWN = "\0app-layout-not-shown";

/**
 * Leaves out two of the three designs that Cloudscape's app layout chooses from while the page runs: the classic one, and
 * the one with a toolbar, which is for AWS's own consoles. They would be an eighth of what a first visit loads.
 */
export function oneAppLayout(): Plugin {
  let isChoiceSeen = false;
  return {
    name: "one-app-layout",
    enforce: "pre",
    apply: "build",
    resolveId(source, importer = "") {
      if (!importer.replaceAll("\\", "/").endsWith(CHOICE)) {
        return undefined;
      }
      isChoiceSeen = true;
      return source === "./classic" || source === "./visual-refresh-toolbar"
        ? NOT_SHOWN
        : undefined;
    },
    load(id) {
      return id === NOT_SHOWN
        ? `export default function NotShown() { throw new TypeError("this layout is left out of the console"); }`
        : undefined;
    },
    buildEnd(error) {
      if (error === undefined && !isChoiceSeen) {
        this.error(
          "Cloudscape chooses its app layout elsewhere now: look at what is loaded first.",
        );
      }
    },
  };
}
