import type { Texts } from "../texts";
import { common } from "./common";
import { home } from "./home";
import { runs } from "./runs";
import { shell } from "./shell";

/** Alles, was die Konsole auf Deutsch sagt. */
export const de: Texts = { common, home, runs, shell };
