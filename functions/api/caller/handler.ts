import { callerContract } from "../../../shared/contract/caller";
import { viewCaller } from "../../../shared/use-cases/access/view-caller";
import { createApi, type ApiDependencies, type ApiHandler } from "../../middleware/api";
import { lazyHandler } from "../../middleware/lazy-handler";
import { callerApiDependencies } from "./wiring";

interface CallerApiDependencies extends ApiDependencies {
  /** The name of the stage that the function is of. */
  readonly stage: string;
}

/** Makes the function behind `/me`. It reads nothing but the caller's token. */
export function createHandler(dependencies: CallerApiDependencies): ApiHandler {
  return createApi("callerApi", callerContract, dependencies, {
    "GET /me": async ({ caller }) => viewCaller(dependencies, caller),
  });
}

export const handler = lazyHandler(() => createHandler(callerApiDependencies()));
