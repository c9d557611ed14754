import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import * as z from "zod";
import { exportSettingsSchema } from "../../../shared/domain/export";
import { checkLocated, readLocated } from "../configuration/positions";
import { Failure, usageFailure } from "../failure";
import { several, severalOrCommas } from "./option-values";
import { schemaOptions } from "./schema-options";

/** What options say of an export's settings. */
export const exportOptionsSchema = z.object({
  name: z.string().optional(),
  connection: z.string().optional(),
  listId: z.string().optional(),
  listName: z.string().optional(),
  createList: z.boolean().optional(),
  segment: z.array(z.string()).optional(),
  email: z.string().optional(),
  map: z.array(z.string()).optional(),
  mappingFile: z.string().optional(),
});
export type ExportOptions = z.infer<typeof exportOptionsSchema>;

/** Settings that have no option of another name. */
export const otherSettings = schemaOptions(exportSettingsSchema.shape, {
  without: ["displayName", "connectionId", "listId", "segments", "mapping"],
  texts: {
    rejectionThreshold: "administrators are told when a run rejects more rows than this",
    syncMode:
      "what becomes of those who leave the segments: upsert leaves them on the list, mirror takes them off it",
    subscription: "subscribe the members to email marketing: the setting as YAML or JSON",
  },
});

export function addExportOptions(command: Command): Command {
  return otherSettings.addTo(
    addListOptions(
      command
        .option("--name <name>", "display name")
        .option("--connection <connection>", "name or id of the connection"),
    )
      .option("--segment <name>", "segment to export; may be given several times", severalOrCommas)
      .option("--email <field>", "the segment's field that holds the email address")
      .option(
        "--map <klaviyo=field>",
        "fill a Klaviyo field from a field of the segment, such as first_name=FirstName; may be given several times",
        several,
      )
      .option("--mapping-file <file>", "the whole mapping, as YAML or JSON"),
  );
}

export function addListOptions(command: Command): Command {
  return command
    .option("--list-id <id>", "id of the Klaviyo list")
    .option("--list-name <name>", "name of the Klaviyo list, whichever page it is on")
    .option("--create-list", "make the list when there is none of that name");
}

/** The mapping that options describe; undefined when they say nothing of it. */
export async function mappingOf({
  email,
  map,
  mappingFile,
}: ExportOptions): Promise<Record<string, unknown> | undefined> {
  if (email === undefined && map === undefined && mappingFile === undefined) {
    return undefined;
  }
  const fromFile = mappingFile === undefined ? {} : await readMappingFile(mappingFile);
  return {
    ...fromFile,
    ...(email === undefined ? {} : { email }),
    ...Object.fromEntries((map ?? []).map(readPair)),
  };
}

function readPair(pair: string): [klaviyoField: string, segmentField: string] {
  const at = pair.indexOf("=");
  if (at < 1 || at === pair.length - 1) {
    throw usageFailure(
      `--map takes KLAVIYO_FIELD=SEGMENT_FIELD, such as first_name=FirstName, not ${pair}.`,
    );
  }
  return [pair.slice(0, at), pair.slice(at + 1)];
}

async function readMappingFile(file: string): Promise<Record<string, unknown>> {
  const text = await readTextFile(file);
  return checkLocated(z.record(z.string(), z.unknown()), readLocated(file, text));
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
