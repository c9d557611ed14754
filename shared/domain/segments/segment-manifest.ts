import * as z from "zod";

/** Far more than 10,000 files take to be listed. */
export const MANIFEST_MAX_BYTES = 10_000_000;

/** A file that a manifest names. */
export interface ManifestEntry {
  /** As it is written: a path below the folder, or a URI. */
  readonly place: string;
  /** Whether the refresh is not whole without it. */
  readonly mandatory: boolean;
}

const placeSchema = z.string().min(1).max(4_000);

/** Redshift's UNLOAD … MANIFEST: https://docs.aws.amazon.com/redshift/latest/dg/loading-data-files-using-manifest.html */
const redshiftSchema = z.object({
  entries: z.array(z.object({ url: placeSchema, mandatory: z.boolean().optional() })),
});
/** The S3A committers write the files of a job into `_SUCCESS`. */
const committerSchema = z.object({ filenames: z.array(placeSchema) });
const listSchema = z.object({
  files: z.array(
    z.union([
      placeSchema,
      z
        .object({ path: placeSchema })
        .or(z.object({ url: placeSchema }))
        .or(z.object({ name: placeSchema })),
    ]),
  ),
});

/**
 * What a manifest lists: JSON of Redshift (`entries`), of the S3A committers (`filenames`) or with `files`, a JSON
 * list, or text with one path or URI a line, as Athena leaves it. Undefined when it is none of these, or lists none.
 */
export function readManifest(text: string): readonly ManifestEntry[] | undefined {
  const content = text.replace(/^\uFEFF/, "").trim();
  const entries = /^[[{]/.test(content) ? entriesOfJson(content) : entriesOfLines(content);
  return entries === undefined || entries.length === 0 ? undefined : entries;
}

function entriesOfJson(content: string): readonly ManifestEntry[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return undefined;
  }
  const redshift = redshiftSchema.safeParse(value);
  if (redshift.success) {
    return redshift.data.entries.map(({ url, mandatory = true }) => ({ place: url, mandatory }));
  }
  const committer = committerSchema.safeParse(value);
  if (committer.success) {
    return committer.data.filenames.map((place) => ({ place, mandatory: true }));
  }
  const list = listSchema.safeParse(Array.isArray(value) ? { files: value } : value);
  return list.success
    ? list.data.files.map((file) => ({ place: placeOf(file), mandatory: true }))
    : undefined;
}

function placeOf(file: z.infer<typeof listSchema>["files"][number]): string {
  if (typeof file === "string") {
    return file;
  }
  return "path" in file ? file.path : "url" in file ? file.url : file.name;
}

function entriesOfLines(content: string): readonly ManifestEntry[] | undefined {
  const lines = content
    .split(/\r\n?|\n/)
    .map((line) => line.trim().replace(/^"(.*)"$/, "$1"))
    .filter((line) => line !== "" && !line.startsWith("#"));
  return lines.every((line) => placeSchema.safeParse(line).success && !/[\t<>]/.test(line))
    ? lines.map((place) => ({ place, mandatory: true }))
    : undefined;
}

/** Which of a folder's files a manifest means. */
export type ManifestFiles =
  | { readonly kind: "found"; readonly names: readonly string[] }
  /** An entry names no file that is there. */
  | { readonly kind: "absent"; readonly place: string }
  /** An entry could mean several files, or leads out of the folder. */
  | { readonly kind: "unclear"; readonly place: string };

/**
 * Finds the files that a manifest's entries mean among those that are there, by their paths below the segment's
 * folder. A place is never followed: it only chooses among files that were listed. A URI counts by its path's end,
 * since files may have been copied here from where they were written.
 */
export function filesOfManifest(
  segment: string,
  entries: readonly ManifestEntry[],
  names: readonly string[],
): ManifestFiles {
  const known = new Set(names);
  const byLastStep = Map.groupBy(names, (name) => name.split("/").at(-1) ?? "");
  const found = new Set<string>();
  for (const { place, mandatory } of entries) {
    const path = pathOf(place);
    if (path === undefined || path.split("/").includes("..")) {
      return { kind: "unclear", place };
    }
    const folder = `/segments/${segment}/`;
    const below = path.lastIndexOf(folder);
    const direct = below === -1 ? path.replace(/^\/+/, "") : path.slice(below + folder.length);
    const candidates = known.has(direct)
      ? [direct]
      : (byLastStep.get(direct.split("/").at(-1) ?? "") ?? []).filter(
          (name) => below === -1 && `/${path}`.endsWith(`/${name}`),
        );
    const [name, other] = candidates.toSorted((a, b) => b.length - a.length);
    if (name === undefined) {
      if (mandatory) {
        return { kind: "absent", place };
      }
    } else if (other?.length === name.length) {
      return { kind: "unclear", place };
    } else {
      found.add(name);
    }
  }
  return { kind: "found", names: [...found] };
}

/** The path of a place; of a web address unescaped. S3's own URIs are written as the keys are. */
function pathOf(place: string): string | undefined {
  const uri = /^([a-z][a-z0-9+.-]*):\/\/[^/]*(\/.*)$/i.exec(place);
  if (uri === null) {
    return place.includes("://") ? undefined : place;
  }
  const [, scheme = "", path = ""] = uri;
  if (!/^(?:https?|abfss?|wasbs?)$/i.test(scheme)) {
    return path;
  }
  try {
    return decodeURIComponent(path.replace(/[?#].*$/, ""));
  } catch {
    return undefined;
  }
}
