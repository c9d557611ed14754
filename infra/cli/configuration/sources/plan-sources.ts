import { check } from "../../../../shared/contract/faults";
import type { NewSourceCredential } from "../../../../shared/contract/sources";
import type { Api } from "../../api/api";
import type { readSourceSecret } from "../../commands/options/source-options";
import { Failure } from "../../failure";
import { hint } from "../../output/hints";
import { differences } from "../differences";
import type { Step } from "../plan";
import { sourceEntrySchema, type SourceEntry } from "./source-entry";
import { acceptedName } from "../stored-names";

/** A source that somebody has made, as the API shows it. */
export type PresentSource = Awaited<ReturnType<Api["listSources"]>>["items"][number];

export interface SourcePlanning {
  readonly api: Api;
  readonly present: readonly PresentSource[];
  /** Reads a token or key from where an entry says; called only when it is sent. */
  readonly readSecret: (
    kind: Parameters<typeof readSourceSecret>[1],
    from: Parameters<typeof readSourceSecret>[2],
  ) => Promise<NewSourceCredential>;
}

/** The sources that people have made; none for who may not see them. */
export async function readMadeSources(
  api: Api,
  unreadable: string[] = [],
): Promise<readonly PresentSource[] | undefined> {
  try {
    const { items, unreadable: left = [] } = await api.listSources();
    unreadable.push(...left);
    return items.filter(({ builtIn }) => !builtIn);
  } catch (error) {
    if (error instanceof Failure && error.details.code === "notPermitted") {
      return undefined;
    }
    throw error;
  }
}

/** The same for who names sources in a file. Throws `Failure` for who may not see them. */
export async function requireMadeSources(
  api: Api,
  unreadable: string[] = [],
): Promise<readonly PresentSource[]> {
  const present = await readMadeSources(api, unreadable);
  if (present === undefined) {
    throw new Failure({
      code: "notPermitted",
      message: `Sources are an administrator's to see and to change. Use a file without sources: ${hint("get", "exports")}`,
      exit: "notSignedIn",
    });
  }
  return present;
}

/** A source as a file says it: its token or key is not there, since nobody can read it. */
export function sourceEntry({
  sourceId,
  displayName,
  place,
  credential: { kind, tenantId, clientId },
}: PresentSource): SourceEntry {
  const checked = check(sourceEntrySchema, {
    ...{ id: sourceId, displayName: acceptedName(displayName), place },
    ...(kind === "federated" ? { federated: { tenantId, clientId } } : {}),
  });
  if (!checked.ok) {
    throw new Failure({
      code: "settingInvalid",
      message: `Source “${sourceId}” can't be written into a file: ${checked.faults[0].text}.`,
      exit: "invalid",
    });
  }
  return checked.value;
}

/** What it takes to have a source be as its entry says. Throws `Failure` where the credential for it is not named. */
export function planSource(planning: SourcePlanning, entry: SourceEntry): Step {
  const present = planning.present.find(({ sourceId }) => sourceId === entry.id);
  const step = { what: "source", name: entry.id } as const;
  const { api } = planning;
  if (present === undefined) {
    requireCredential(entry, "does not exist yet");
    const { id, ...shown } = entry;
    return {
      ...step,
      kind: "create",
      differences: differences({}, shown),
      carryOut: async () => {
        const { displayName, place } = entry;
        const credential = await credentialOf(planning, entry);
        await api.createSource({ body: { id, displayName, place, credential } });
      },
    };
  }
  const { displayName, place, federated } = sourceEntry(present);
  const found = differences(
    // An app can be seen, and so compared; of a token or key that is named nobody knows whether it is the same.
    { displayName, place, ...(entry.federated === undefined ? {} : { federated }) },
    {
      displayName: entry.displayName,
      place: entry.place,
      ...(entry.federated === undefined ? {} : { federated: entry.federated }),
    },
  );
  const moves = found.some(({ path }) => path.startsWith("place"));
  const changesApp = found.some(({ path }) => path.startsWith("federated"));
  if (moves) {
    requireCredential(entry, "is to be moved");
  }
  return {
    ...step,
    kind: found.length === 0 ? "unchanged" : "change",
    differences: found,
    carryOut: async () => {
      await api.updateSource({
        path: { sourceId: entry.id },
        ifMatch: present.version ?? 0,
        body: {
          displayName: entry.displayName,
          ...(moves ? { place: entry.place } : {}),
          ...(moves || changesApp ? { credential: await credentialOf(planning, entry) } : {}),
        },
      });
    },
  };
}

/** Sources without an entry, which go. */
export function removedSources(
  { api, present }: Pick<SourcePlanning, "api" | "present">,
  entries: readonly SourceEntry[],
): Step[] {
  return present
    .filter(({ sourceId }) => !entries.some(({ id }) => id === sourceId))
    .map(({ sourceId }) => ({
      ...{ kind: "delete", what: "source", name: sourceId, differences: [] },
      carryOut: async () => {
        await api.deleteSource({ path: { sourceId } });
      },
    }));
}

function requireCredential(
  { id, place, sasToken, accountKey, federated }: SourceEntry,
  why: string,
): void {
  if (place.kind === "azure" && (sasToken ?? accountKey ?? federated) === undefined) {
    throw new Failure({
      code: "sourceIncomplete",
      message: `The source “${id}” ${why}. To have that done, say where its token or key is (sasToken: {env: VARIABLE} or {file: PATH}, or accountKey), or which app lets in (federated: {tenantId, clientId}).`,
      exit: "invalid",
    });
  }
}

async function credentialOf(
  { readSecret }: SourcePlanning,
  { sasToken, accountKey, federated }: SourceEntry,
): Promise<NewSourceCredential> {
  if (federated !== undefined) {
    return { kind: "federated", ...federated };
  }
  if (sasToken !== undefined) {
    return readSecret("sasToken", sasToken);
  }
  return accountKey === undefined ? { kind: "none" } : readSecret("accountKey", accountKey);
}
