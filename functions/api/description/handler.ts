import { descriptionContract } from "../../../shared/contract/description";
import { descriptionApiDependencies } from "./wiring";
import { requireAccess } from "../../../shared/use-cases/access/access";
import { createApi, type ApiDependencies, type ApiHandler } from "../../middleware/api";
import { lazyHandler } from "../../middleware/lazy-handler";
import description from "./openapi.json";

/** Makes the function behind `/openapi.json`; the description is in its bundle, and in no other. */
export function createHandler({ log, tokens }: ApiDependencies): ApiHandler {
  return createApi(
    "descriptionApi",
    descriptionContract,
    { log, tokens },
    {
      "GET /openapi.json": async ({ caller }) => {
        requireAccess(caller, "viewDescription");
        return description;
      },
    },
  );
}

export const handler = lazyHandler(() => createHandler(descriptionApiDependencies()));
