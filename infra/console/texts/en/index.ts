import { common } from "./common";
import { home } from "./home";
import { runs } from "./runs";
import { shell } from "./shell";

/** Everything that the console says in English; other languages say the same, or do not compile. */
export const en = { common, home, runs, shell };
