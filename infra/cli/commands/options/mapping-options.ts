import { readFile } from "node:fs/promises";
import { Option, type Command } from "commander";
import { parse } from "yaml";
import * as z from "zod";
import { mappingLines, withField, type WrittenMapping } from "../../configuration/mapping-fields";
import { checkLocated, readLocated } from "../../configuration/positions";
import { Failure, usageFailure } from "../../failure";
import { several, severalOrCommas } from "./option-values";

/** What options say of an export's mapping. */
export const mappingOptionsSchema = z.object({
  email: z.string().optional(),
  map: z.array(z.string()).optional(),
  mappingFile: z.string().optional(),
  unmap: z.array(z.string()).optional(),
});
export type MappingOptions = z.infer<typeof mappingOptionsSchema>;

export function addMappingOptions(command: Command): Command {
  return command
    .option("--email <field>", "the segment's field that holds the email address")
    .option(
      "--map <klaviyo=field>",
      "fill a Klaviyo field from a field of the segment; may be given several times: first_name=FirstName, location.city=Town, properties.Points='{field: Points, type: number}'",
      several,
    )
    .option("--mapping-file <file>", "the whole mapping, as YAML or JSON");
}

/** For an export that has a mapping already. */
export function unmapOption(): Option {
  return new Option(
    "--unmap <klaviyo,…>",
    "fill these Klaviyo fields no more, such as properties.Points",
  ).argParser(severalOrCommas);
}

const objectSchema = z.record(z.string(), z.unknown());

/**
 * The mapping that options describe: a file is the whole of it, single fields are put into `before` or taken
 * out of it. Undefined when the options say nothing of a mapping. What they say is checked with the other
 * settings.
 */
export async function mappingOf(
  { email, map = [], mappingFile, unmap = [] }: MappingOptions,
  before: object = {},
): Promise<WrittenMapping | undefined> {
  if (email === undefined && mappingFile === undefined && map.length + unmap.length === 0) {
    return undefined;
  }
  const base =
    mappingFile === undefined ? objectSchema.parse(before) : await readMappingFile(mappingFile);
  const pairs = map.map(readPair);
  requireSense(base, pairs, unmap);
  const kept = unmap.reduce((mapping, name) => withField(mapping, name, undefined), base);
  return {
    ...pairs.reduce((mapping, [name, value]) => withField(mapping, name, value), kept),
    // Else that of the pairs stays.
    ...(email === undefined ? {} : { email }),
  };
}

/** Throws a usage failure for what contradicts itself, or would do nothing. */
function requireSense(
  base: object,
  pairs: readonly (readonly [klaviyoField: string, value: unknown])[],
  unmap: readonly string[],
): void {
  const mapped = pairs.map(([name]) => name);
  const twice = mapped.find((name, at) => mapped.indexOf(name) !== at);
  if (twice !== undefined) {
    throw usageFailure(`--map names ${twice} twice. Say once from which field it is filled.`);
  }
  const both = unmap.find((name) => mapped.includes(name));
  if (both !== undefined) {
    throw usageFailure(`--map and --unmap both name ${both}. Give one of them.`);
  }
  const filled = mappingLines(base).map(({ klaviyoField }) => klaviyoField);
  const groups = new Set(filled.map((name) => name.split(".")[0] ?? name));
  const unknown = unmap.find((name) => !filled.includes(name) && !groups.has(name));
  if (unknown !== undefined) {
    throw usageFailure(
      `--unmap ${unknown}: it is not mapped. What is: ${filled.join(", ") || "nothing"}.`,
    );
  }
}

/** A segment field's name, or an object in braces with that name as `field` and what else is to be said. */
function readPair(pair: string): [klaviyoField: string, value: unknown] {
  const at = pair.indexOf("=");
  const [name, text] = [pair.slice(0, at).trim(), pair.slice(at + 1)];
  if (at === -1 || name === "" || text === "") {
    throw usageFailure(
      `--map takes KLAVIYO_FIELD=SEGMENT_FIELD, such as first_name=FirstName, not ${pair}.`,
    );
  }
  if (!text.trimStart().startsWith("{")) {
    return [name, text];
  }
  try {
    return [name, parse(text)];
  } catch {
    throw usageFailure(
      `--map ${name}: ${text} is neither YAML nor JSON. Write it like {field: Points, type: number}.`,
    );
  }
}

async function readMappingFile(file: string): Promise<WrittenMapping> {
  const text = await readTextFile(file);
  return checkLocated(objectSchema, readLocated(file, text));
}

/** Throws `Failure` for a missing file. */
export async function readTextFile(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new Failure({
      code: "fileMissing",
      message: `The file ${file} can't be read. Check its path and its permissions.`,
      exit: "invalid",
    });
  }
}
