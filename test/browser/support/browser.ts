import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { chromium, type Browser } from "playwright-core";

const INSTALLED = "/usr/bin/chromium";
const PROJECT_ROOT = path.resolve(__dirname, "../../..");
const UNPACKED = path.join(PROJECT_ROOT, "node_modules/.cache/chromium-with-fonts");

/** The package's own names folders of Lambda. Without a font, pages in the browser's own have text of no height. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/**
 * Starts Chromium: the installed one, or else the one that comes in a package, which is unpacked once. Nothing of the
 * browser's own protection of pages is switched off, so that policies and CORS hold as they do for people.
 */
export async function startBrowser(): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"];
  if (existsSync(INSTALLED)) return chromium.launch({ executablePath: INSTALLED, args });
  await unpack();
  return chromium.launch({
    executablePath: path.join(UNPACKED, "chromium"),
    args,
    env: { ...process.env, FONTCONFIG_PATH: path.join(UNPACKED, "fonts") },
  });
}

/** Unpacks aside and renames: whoever sees the folder sees all of it. */
async function unpack(): Promise<void> {
  if (existsSync(UNPACKED)) return;
  mkdirSync(path.dirname(UNPACKED), { recursive: true });
  const unfinished = mkdtempSync(`${UNPACKED}-unfinished-`);
  try {
    // The package puts everything where temporary files go, and is an ES module with a place of its own.
    const script = `const { default: chromium } = await import("@sparticuz/chromium"); await chromium.executablePath();`;
    await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: PROJECT_ROOT,
      env: { ...process.env, TMPDIR: unfinished },
    });
    writeFileSync(path.join(unfinished, "fonts/fonts.conf"), FONTS);
    renameSync(unfinished, UNPACKED);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another process was faster.
    if (!existsSync(UNPACKED)) throw error;
  }
}
