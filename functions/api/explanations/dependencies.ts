import type { ExplainProfileDependencies } from "../../../shared/use-cases/explanations/explain-profile";
import type { ApiDependencies } from "../../middleware/api";
import type { ChangeDependencies } from "../../middleware/audit-changes";

/** What the use cases behind the function's routes need. */
export interface ExplanationsApiDependencies
  extends ApiDependencies, ChangeDependencies, ExplainProfileDependencies {}
