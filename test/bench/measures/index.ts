import type { Measure } from "../measure";
import { cost } from "./cost";
import { formatsMeasure } from "./formats";
import { fullMapping } from "./full-mapping";
import { growth } from "./growth";
import { memory } from "./memory";
import { peers } from "./peers";
import { secondRun } from "./second-run";
import { sharing } from "./sharing";
import { sources } from "./sources";
import { speed } from "./speed";
import { traffic } from "./traffic";

/** Everything that `npm run bench` measures, in the order of its table. A new measure is added here. */
export const measures: readonly Measure[] = [
  speed,
  secondRun,
  growth,
  memory,
  traffic,
  cost,
  formatsMeasure,
  sources,
  fullMapping,
  sharing,
  peers,
];
