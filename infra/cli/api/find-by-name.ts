import { Failure } from "../failure";
import type { ConnectionAnswer, ExportAnswer, ListAnswer } from "./answers";
import type { Api } from "./api";
import { everything } from "./every-page";

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
  return theOne(all, named, ({ exportId }) => exportId, "export", "klaviyo-export exports list");
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

/** The run of that id, or the last one of the export of that name or id. */
export async function findRunId(api: Api, named: string): Promise<string> {
  if (RUN_ID.test(named)) {
    return named;
  }
  const { currentRunId, lastRunId, displayName } = await findExport(api, named);
  const runId = currentRunId ?? lastRunId;
  if (runId === undefined) {
    throw new Failure({
      code: "runNotFound",
      message: `The export “${displayName}” has not run yet. Start it with: klaviyo-export runs start "${displayName}"`,
      exit: "notFound",
    });
  }
  return runId;
}

/** A run's id is a ULID, or that of its export with the instant of its schedule. */
const RUN_ID = /^[0-9A-HJKMNP-TV-Z]{26}$|^[A-Za-z0-9_-]+-\d{12}$/;

function theOne<Item extends { readonly displayName: string }>(
  all: readonly Item[],
  named: string,
  idOf: (item: Item) => string,
  noun: string,
  command: string,
): Item {
  const byId = all.find((item) => idOf(item) === named);
  const byName = all.filter(({ displayName }) => displayName === named);
  const alike = all.filter(({ displayName }) => displayName.toLowerCase() === named.toLowerCase());
  const matches = byId !== undefined ? [byId] : byName.length > 0 ? byName : alike;
  const [only] = matches;
  if (only === undefined) {
    throw new Failure({
      code: `${noun}NotFound`,
      message: `There is no ${noun} called “${named}” that you may use, and none with that id. See what there is with: ${command}`,
      exit: "notFound",
    });
  }
  if (matches.length > 1) {
    throw new Failure({
      code: "nameAmbiguous",
      message: `${matches.length} ${noun}s are called “${named}”: ${matches.map(idOf).join(", ")}. Give the id of the one that is meant.`,
      exit: "invalid",
    });
  }
  return only;
}
