import { sourcesContract } from "../../../shared/contract/sources";
import { DomainError } from "../../../shared/domain/problems/problem";
import { BUILT_IN_SOURCE } from "../../../shared/domain/sources/source-names";
import { requireAccess } from "../../../shared/use-cases/access/access";
import {
  deleteSource,
  updateSource,
  verifySource,
} from "../../../shared/use-cases/sources/change-source";
import { createSource } from "../../../shared/use-cases/sources/create-source";
import { getSource, listSources } from "../../../shared/use-cases/sources/view-sources";
import { createApi, type ApiHandler } from "../../middleware/api";
import { lazyHandler } from "../../middleware/lazy-handler";
import type { SourcesApiDependencies } from "./dependencies";
import { auditedSource, presentBuiltIn, presentSource } from "./source-answer";
import { sourcesApiDependencies } from "./wiring";

/** Makes the function behind `/sources`. */
export function createHandler(dependencies: SourcesApiDependencies): ApiHandler {
  const builtIn = presentBuiltIn(dependencies.segmentsBucket);
  return createApi("sourcesApi", sourcesContract, dependencies, {
    "POST /sources": async ({ caller, log, note, seed, body }) => {
      const view = await createSource({ ...dependencies, log }, { caller, seed, ...body });
      note({
        target: { kind: "source", id: view.source.sourceId },
        after: auditedSource(view.source),
      });
      return presentSource(view);
    },

    "GET /sources": async ({ caller }) => {
      const { items, unreadable } = await listSources(dependencies, { caller });
      return {
        items: [builtIn, ...items.map(presentSource)],
        ...(unreadable === undefined ? {} : { unreadable: [...unreadable] }),
      };
    },

    "GET /sources/{sourceId}": async ({ caller, path: { sourceId } }) => {
      if (sourceId === BUILT_IN_SOURCE) {
        requireAccess(caller, "viewSource");
        return builtIn;
      }
      return presentSource(await getSource(dependencies, { caller, sourceId }));
    },

    "PUT /sources/{sourceId}": async ({ caller, log, note, path, ifMatch, body }) => {
      refuseBuiltIn(path);
      const { before, ...view } = await updateSource(
        { ...dependencies, exports: dependencies.allExports, log },
        { caller, ...path, ...body, version: ifMatch ?? body.version },
      );
      note({ before: auditedSource(before), after: auditedSource(view.source) });
      return presentSource(view);
    },

    "DELETE /sources/{sourceId}": async ({ caller, log, note, path }) => {
      refuseBuiltIn(path);
      const removed = await deleteSource(
        { ...dependencies, exports: dependencies.allExports, log },
        { caller, ...path },
      );
      note({ before: auditedSource(removed) });
    },

    "POST /sources/{sourceId}/verification": async ({ caller, log, note, path }) => {
      refuseBuiltIn(path);
      const view = await verifySource({ ...dependencies, log }, { caller, ...path });
      note({ after: { ...auditedSource(view.source), problem: view.finding?.problem?.code } });
      return presentSource(view);
    },
  });
}

function refuseBuiltIn({ sourceId }: { readonly sourceId: string }): void {
  if (sourceId === BUILT_IN_SOURCE) {
    throw new DomainError("sourceBuiltIn");
  }
}

export const handler = lazyHandler(() => createHandler(sourcesApiDependencies()));
