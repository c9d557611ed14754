import { Failure } from "../failure";
import type { Api } from "./api";
import { everything } from "./everything";
import { sameName } from "./find-by-name";

/** A connection or an export, which entries of the audit log tell by its id. */
export interface Named {
  readonly kind: "connection" | "export";
  readonly id: string;
  readonly displayName: string;
}

/** Whatever has a name now; what is gone is found by its id alone. */
export async function readNames(api: Api): Promise<readonly Named[]> {
  const [connections, exports] = await Promise.all([
    everything(api.listConnections),
    everything(api.listExports),
  ]);
  return [
    ...exports.map(({ exportId, displayName }): Named => ({
      kind: "export",
      id: exportId,
      displayName,
    })),
    ...connections.map(({ connectionId, displayName }): Named => ({
      kind: "connection",
      id: connectionId,
      displayName,
    })),
  ];
}

/** The id of what is called so; a text that nothing is called is taken for an id. Throws `Failure`. */
export function idOf(named: readonly Named[], target: string): string {
  if (named.some(({ id }) => id === target)) {
    return target;
  }
  const found = named.filter(({ displayName }) => sameName(displayName, target));
  const exact = found.filter(({ displayName }) => displayName === target);
  const [first, second] = exact.length > 0 ? exact : found;
  if (first !== undefined && second !== undefined) {
    throw new Failure({
      code: "nameAmbiguous",
      message: `“${target}” is the name of ${found.map(({ kind, id }) => `${kind} ${id}`).join(" and of ")}. Give the id of the one that is meant.`,
      exit: "invalid",
    });
  }
  return first?.id ?? target;
}
