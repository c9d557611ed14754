import { runIdSchema } from "../../../shared/domain/schedules/schedule";
import { Failure } from "../failure";
import type { ConnectionAnswer, ExportAnswer, ListAnswer, SourceAnswer } from "./answers";
import type { Api } from "./api";
import { everyPage } from "../../../shared/domain/paging/every-page";
import { everything } from "./everything";
import { hint } from "../output/hints";

/** People name things; the API knows them by id. What has the text as its id comes before what is called so. */

export async function findConnection(api: Api, named: string): Promise<ConnectionAnswer> {
  const all = await everything<ConnectionAnswer>(api.listConnections);
  return theOne(
    all,
    named,
    ({ connectionId }) => connectionId,
    "connection",
    hint("connections", "list"),
  );
}

export async function findExport(api: Api, named: string): Promise<ExportAnswer> {
  const all = await everything(api.listExports);
  return theOne(all, named, exportsById, "export", hint("exports", "list"));
}

export async function findSource(api: Api, named: string): Promise<SourceAnswer> {
  const { items } = await api.listSources();
  return theOne(items, named, ({ sourceId }) => sourceId, "source", hint("sources", "list"));
}

/** Whether two names are the same to people: however they are written, in whatever case. */
export function sameName(one: string, other: string): boolean {
  const plain = (name: string): string => name.normalize("NFKC").trim().toLowerCase();
  return plain(one) === plain(other);
}

export async function namesOfExports(api: Api): Promise<ReadonlyMap<string, string>> {
  const all = await everything(api.listExports);
  return new Map(all.map(({ exportId, displayName }) => [exportId, displayName]));
}

/** The segments of these names, however they are written. Throws `Failure` when one is not there. */
export async function findSegments(api: Api, named: readonly string[]): Promise<string[]> {
  const names = (await everything(api.listSegments)).map(({ name }) => name);
  return named.map((name) => segmentCalled(names, name));
}

/** Asks about a segment; by its name in another case, where there is none that is written so. */
export async function segmentNamed<Found>(
  api: Api,
  named: string,
  ask: (name: string) => Promise<Found>,
): Promise<Found> {
  try {
    return await ask(named);
  } catch (error) {
    if (!(error instanceof Failure) || error.details.code !== "segmentMissing") {
      throw error;
    }
    const [found] = await findSegments(api, [named]).catch(() => []);
    if (found === undefined) {
      throw error;
    }
    return ask(found);
  }
}

function segmentCalled(names: readonly string[], named: string): string {
  const found = names.includes(named) ? [named] : names.filter((name) => sameName(name, named));
  const [first, second] = found;
  if (first === undefined || second !== undefined) {
    throw new Failure({
      code: first === undefined ? "segmentMissing" : "nameAmbiguous",
      message:
        first === undefined
          ? `There is no segment called “${named}”. See what there is with: ${hint("segments", "list")}`
          : `Several segments are called so: ${found.join(", ")}. Write the name of the one that is meant as it stands here.`,
      exit: first === undefined ? "notFound" : "invalid",
    });
  }
  return first;
}

/** The list of that name, whichever page it is on; undefined when the account has none. */
export async function findList(
  api: Api,
  connectionId: string,
  name: string,
): Promise<ListAnswer | undefined> {
  // The API finds parts of names.
  const candidates = await everything(({ query }) =>
    api.listKlaviyoLists({ path: { connectionId }, query: { ...query, search: name } }),
  );
  const asWritten = candidates.filter((list) => list.name.trim() === name.trim());
  const exact =
    asWritten.length > 0 ? asWritten : candidates.filter((list) => sameName(list.name, name));
  if (exact.length > 1) {
    throw new Failure({
      code: "nameAmbiguous",
      message: `${exact.length} Klaviyo lists are called “${name}”: ${exact.map(({ id }) => id).join(", ")}. Name the list by its id.`,
      exit: "invalid",
    });
  }
  return exact[0];
}

/** A connection, of whose account a list is looked for. */
export type OfConnection = Pick<ConnectionAnswer, "connectionId" | "displayName">;

/** As {@link findList}; throws `Failure` when there is none. */
export async function requireList(
  api: Api,
  { connectionId, displayName }: OfConnection,
  name: string,
): Promise<ListAnswer> {
  const list = await findList(api, connectionId, name);
  if (list === undefined) {
    throw new Failure({
      code: "listNotFound",
      message: `The Klaviyo account has no list called “${name}”. Have it made with --create-list, or see what there is with: ${hint("connections", "lists", displayName)}`,
      exit: "notFound",
    });
  }
  return list;
}

/** A list that is there, or one that is to be made once all else has been checked. */
export type ListChoice =
  | { readonly kind: "there"; readonly id: string; readonly name?: string | undefined }
  | { readonly kind: "new"; readonly name: string };

/** The list of that name; one that may be made is not made yet. Throws `Failure` when there is none. */
export async function listCalled(
  api: Api,
  connection: OfConnection,
  name: string,
  create: boolean,
): Promise<ListChoice> {
  const found = create
    ? await findList(api, connection.connectionId, name)
    : await requireList(api, connection, name);
  return found === undefined ? { kind: "new", name } : { kind: "there", ...found };
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
  const list = everyPage((query) => api.listRuns({ path: { exportId }, query }));
  for await (const { runId, links } of list) {
    if (links.rejections !== undefined) {
      return runId;
    }
  }
  if (lastRunId === undefined) {
    throw notRunYet(displayName);
  }
  throw new Failure({
    code: "reportNotAvailable",
    message: `No run of the export “${displayName}” has a rejection report yet. See them with: ${hint("runs", "list", displayName)}`,
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
      message: `There is no export called “${named}” that you may use, none with that id, and it is not the id of a run. See what there is with: ${hint("exports", "list")}`,
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
    message: `The export “${displayName}” has not run yet. Start it with: ${hint("runs", "start", displayName)}`,
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
  const alike = all.filter(({ displayName }) => sameName(displayName, named));
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
