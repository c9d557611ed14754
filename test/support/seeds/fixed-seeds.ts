import fc from "fast-check";
import { seedOfDraws } from "./seed-of-draws";

/** Where a property fails, fast-check prints its seed and path. */
fc.configureGlobal({ seed: seedOfDraws });
