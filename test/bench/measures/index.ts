import type { Measure } from "../measure";
import { cost } from "./cost";
import { formatsMeasure } from "./formats";
import { growth } from "./growth";
import { memory } from "./memory";
import { peers } from "./peers";
import { sharing } from "./sharing";
import { speed } from "./speed";
import { traffic } from "./traffic";

/** Everything that `npm run bench` measures, in the order of its table. A new measure is added here. */
export const measures: readonly Measure[] = [
  speed,
  growth,
  memory,
  traffic,
  cost,
  formatsMeasure,
  sharing,
  peers,
];
