import { runIdSchema } from "../../../shared/domain/schedule";
import { Failure } from "../failure";
import type { ConnectionAnswer, ExportAnswer, ListAnswer } from "./answers";
import type { Api } from "./api";
import { everything, firstWhere } from "./every-page";

/** People name things; the API knows them by id. What has the text as its id comes before what is called so. */

export async function findConnection(api: Api, named: string): Promise<ConnectionAnswer> {
  const all = await everything(api.listConnections);
  return theOne(
    all,
    named,
    ({ connectionId }) => connectionId,
    "connection",
    "klaviyo-export connections list",
  );
}

export async function findExport(api: Api, named: string): Promise<ExportAnswer> {
  const all = await everything(api.listExports);
  return theOne(all, named, exportsById, "export", "klaviyo-export exports list");
}

/** The list of that exact name, whichever page it is on; undefined when the account has none. */
export async function findList(
  api: Api,
  connectionId: string,
  name: string,
): Promise<ListAnswer | undefined> {
  // The API finds parts of names.
  const candidates = await everything((query) =>
    api.listKlaviyoLists(connectionId, { ...query, search: name }),
  );
  const exact = candidates.filter((list) => list.name.trim() === name.trim());
  if (exact.length > 1) {
    throw new Failure({
      code: "nameAmbiguous",
      message: `${exact.length} Klaviyo lists are called “${name}”: ${exact.map(({ id }) => id).join(", ")}. Name the list by its id.`,
      exit: "invalid",
    });
  }
  return exact[0];
}

/** As {@link findList}; throws `Failure` when there is none. */
export async function requireList(
  api: Api,
  connectionId: string,
  name: string,
): Promise<ListAnswer> {
  const list = await findList(api, connectionId, name);
  if (list === undefined) {
    throw new Failure({
      code: "listNotFound",
      message: `The Klaviyo account has no list called “${name}”. See them with “klaviyo-export connections lists”, or have it made with --create-list.`,
      exit: "notFound",
    });
  }
  return list;
}

/** The list of that name, made if it may be. */
export async function namedList(
  api: Api,
  connectionId: string,
  name: string,
  create: boolean,
): Promise<ListAnswer> {
  if (!create) {
    return requireList(api, connectionId, name);
  }
  return (
    (await findList(api, connectionId, name)) ?? (await api.createKlaviyoList(connectionId, name))
  );
}

/**
 * The last run of the export of that name or id, else the run of that id. Names come first: people choose
 * them, and one may look like a run's id. Whether there is such a run is not asked: one that was just requested
 * exists moments later.
 */
export async function findRunId(api: Api, named: string): Promise<string> {
  const found = await findExportOrRun(api, named);
  if (found.kind === "run") {
    return found.runId;
  }
  const { currentRunId, lastRunId, displayName } = found.present;
  const runId = currentRunId ?? lastRunId;
  if (runId === undefined) {
    throw notRunYet(displayName);
  }
  return runId;
}

/**
 * As {@link findRunId}, of an export the last run that has a rejection report: a run that is going has none yet,
 * and one that was skipped never gets one.
 */
export async function findReportedRunId(api: Api, named: string): Promise<string> {
  const found = await findExportOrRun(api, named);
  if (found.kind === "run") {
    return found.runId;
  }
  const { exportId, lastRunId, displayName } = found.present;
  const reported = await firstWhere(
    (query) => api.listRuns(exportId, query),
    ({ links }) => links.rejections !== undefined,
  );
  if (reported !== undefined) {
    return reported.runId;
  }
  if (lastRunId === undefined) {
    throw notRunYet(displayName);
  }
  throw new Failure({
    code: "reportNotAvailable",
    message: `No run of the export “${displayName}” has a rejection report yet. See them with: klaviyo-export runs list "${displayName}"`,
    exit: "notFound",
  });
}

type ExportOrRun =
  | { readonly kind: "export"; readonly present: ExportAnswer }
  | { readonly kind: "run"; readonly runId: string };

async function findExportOrRun(api: Api, named: string): Promise<ExportOrRun> {
  const present = oneOf(await everything(api.listExports), named, exportsById, "export");
  if (present !== undefined) {
    return { kind: "export", present };
  }
  if (!runIdSchema.safeParse(named).success) {
    throw new Failure({
      code: "exportNotFound",
      message: `There is no export called “${named}” that you may use, none with that id, and it is not the id of a run. See what there is with: klaviyo-export exports list`,
      exit: "notFound",
    });
  }
  return { kind: "run", runId: named };
}

function exportsById({ exportId }: ExportAnswer): string {
  return exportId;
}

function notRunYet(displayName: string): Failure {
  return new Failure({
    code: "runNotFound",
    message: `The export “${displayName}” has not run yet. Start it with: klaviyo-export runs start "${displayName}"`,
    exit: "notFound",
  });
}

function theOne<Item extends { readonly displayName: string }>(
  all: readonly Item[],
  named: string,
  idOf: (item: Item) => string,
  noun: string,
  command: string,
): Item {
  const only = oneOf(all, named, idOf, noun);
  if (only === undefined) {
    throw new Failure({
      code: `${noun}NotFound`,
      message: `There is no ${noun} called “${named}” that you may use, and none with that id. See what there is with: ${command}`,
      exit: "notFound",
    });
  }
  return only;
}

/** Undefined when there is none; throws `Failure` when there are several. */
function oneOf<Item extends { readonly displayName: string }>(
  all: readonly Item[],
  named: string,
  idOf: (item: Item) => string,
  noun: string,
): Item | undefined {
  const byId = all.find((item) => idOf(item) === named);
  const byName = all.filter(({ displayName }) => displayName === named);
  const alike = all.filter(({ displayName }) => displayName.toLowerCase() === named.toLowerCase());
  const matches = byId !== undefined ? [byId] : byName.length > 0 ? byName : alike;
  if (matches.length > 1) {
    throw new Failure({
      code: "nameAmbiguous",
      message: `${matches.length} ${noun}s are called “${named}”: ${matches.map(idOf).join(", ")}. Give the id of the one that is meant.`,
      exit: "invalid",
    });
  }
  return matches[0];
}
