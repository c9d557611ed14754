import { descriptionContract } from "../../../shared/contract/description";
import { descriptionApiDependencies } from "./wiring";
import { requireAccess } from "../../../shared/use-cases/access/access";
import type { ApiDependencies } from "../../../shared/use-cases/api-dependencies";
import { createApi, operation, type ApiHandler } from "../../middleware/api";
import { lazyHandler } from "../../middleware/lazy-handler";
import { ok } from "../../middleware/answer";
import description from "./openapi.json";

/** Makes the function behind `/openapi.json`; the description is in its bundle, and in no other. */
export function createHandler({ log, tokens }: ApiDependencies): ApiHandler {
  return createApi(
    "descriptionApi",
    { log, tokens },
    {
      "GET /openapi.json": operation(
        descriptionContract["GET /openapi.json"],
        async ({ caller }) => {
          requireAccess(caller, "viewDescription");
          return ok(description);
        },
      ),
    },
  );
}

export const handler = lazyHandler(() => createHandler(descriptionApiDependencies()));
