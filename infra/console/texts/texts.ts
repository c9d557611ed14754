import type { en } from "./en/index";

/** What the console says, by subject; English is what other languages are measured by. */
export type Texts = typeof en;
