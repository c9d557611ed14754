import { hidesCharacters } from "../../text/plain-text";

/** Steps of a path: more than any writer makes. */
const MOST_STEPS = 40;

/** Where a partition's file was written, by its `location`. */
export type PartitionPath =
  | { readonly kind: "path"; readonly host: string; readonly steps: readonly string[] }
  | { readonly kind: "unclear"; readonly reason: string };

/**
 * Takes a partition's location apart. It is never followed: its host is only compared, and its path only chooses among
 * the files of the folder that the source was made for.
 */
export function pathOfPartition(location: string): PartitionPath {
  const unclear = (reason: string): PartitionPath => ({ kind: "unclear", reason });
  // What `URL` makes of `..` and `\` is not what stands there.
  const parts = /^(https?):\/\/([^/?#\\@\s]+)(\/[^?#]*)$/i.exec(location);
  if (parts === null) {
    return unclear("a partition's location is no web address of a file");
  }
  const [, , host = "", path = ""] = parts;
  const steps: string[] = [];
  for (const step of path.slice(1).split("/")) {
    const decoded = decodedStep(step);
    if (decoded === undefined || !isStep(decoded)) {
      return unclear("a partition's location has a path that leads elsewhere, or can't be read");
    }
    steps.push(decoded);
  }
  return steps.length > MOST_STEPS
    ? unclear("a partition's location is nested too deeply")
    : { kind: "path", host: host.toLowerCase().replace(/:443$/, ""), steps };
}

function decodedStep(step: string): string | undefined {
  try {
    return decodeURIComponent(step);
  } catch {
    return undefined;
  }
}

function isStep(step: string): boolean {
  return (
    step !== "" && step !== "." && step !== ".." && !/[/\\]/.test(step) && !hidesCharacters(step)
  );
}

/** Hosts of Azure's storage, of both of its interfaces, with the account's name. */
const AZURE_HOST = /^([a-z0-9]{3,24})\.(?:blob|dfs)\.core\.windows\.net$/;

/** The account of a host of Azure's storage; undefined for any other host. */
export function azureAccountOf(host: string): string | undefined {
  return AZURE_HOST.exec(host)?.[1];
}

/** Folders of Customer Insights' runs. */
const DATED = /^\d{4}\/(?:0[1-9]|1[0-2])\/(?:0[1-9]|[12]\d|3[01])\/(?:[01]\d|2[0-3])[0-5]\d$/;

/** Whether the last folders of a file's path are those of a run: `yyyy/MM/dd/HHmm`. */
export function isDatedPath(steps: readonly string[]): boolean {
  return DATED.test(steps.slice(-5, -1).join("/"));
}

/** Whether a file is of a snapshot of Synapse Link: `<table>/Snapshot/…`. */
export function isSnapshotPath(steps: readonly string[]): boolean {
  return steps.slice(0, -1).some((step) => step.toLowerCase() === "snapshot");
}
