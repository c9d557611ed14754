import { explanationsContract } from "../../../shared/contract/runs/explanations";
import { explainProfile } from "../../../shared/use-cases/explanations/explain-profile";
import { createApi, type ApiHandler } from "../../middleware/api";
import { lazyHandler } from "../../middleware/lazy-handler";
import type { ExplanationsApiDependencies } from "./dependencies";
import { explanationsApiDependencies } from "./wiring";

/** Makes the function behind `/exports/{exportId}/explanations`. */
export function createHandler(dependencies: ExplanationsApiDependencies): ApiHandler {
  return createApi("explanationsApi", explanationsContract, dependencies, {
    "POST /exports/{exportId}/explanations": async ({ caller, note, path, body }) => {
      const explanation = await explainProfile(dependencies, { caller, ...path, ...body });
      note({ after: { reason: explanation.reason.code } });
      return explanation;
    },
  });
}

export const handler = lazyHandler(() => createHandler(explanationsApiDependencies()));
