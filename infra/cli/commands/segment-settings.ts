import { Option, type Command } from "commander";
import * as z from "zod";
import { check } from "../../../shared/contract/faults";
import {
  segmentMarkerSchema,
  type SegmentMarker,
} from "../../../shared/domain/segments/segment-marker";
import { columnNamesSchema } from "../../../shared/domain/segments/segment-settings";
import type { SegmentSettingsAnswer } from "../api/answers";
import { segmentNamed } from "../api/find-by-name";
import { optionsOf, type ContextOf } from "../command-context";
import { usageFailure } from "../failure";
import { properties } from "../output/table";
import { instant, userText } from "../output/words";

/** `klaviyo-export segments set …` */
export function addSegmentSettings(segments: Command, contextOf: ContextOf): void {
  segments
    .command("set")
    .argument("<segment>", "its name")
    .addOption(
      new Option(
        "--columns <names>",
        "the names of its CSV files' columns, in their order, with commas between; for files without a header",
      ),
    )
    .option("--no-columns", "its files have a header again: take the names away")
    .option(
      "--marker <marker>",
      "what says that a refresh is whole: none, success (a file _SUCCESS), file:<name>, or manifest:<name>, which lists the files",
    )
    .description("set how a segment's files are read, by every export of it")
    .action(async (segment: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { columns, marker } = optionsOf(
        command,
        z.object({
          columns: z.union([z.string(), z.boolean()]).optional(),
          marker: z.string().optional(),
        }),
      );
      const wished = { ...columnsOf(columns), ...markerOf(marker) };
      if (Object.keys(wished).length === 0) {
        throw usageFailure(
          "Give --columns with the names of the columns, or --no-columns, or --marker.",
        );
      }
      const api = await context.api();
      const set = await segmentNamed(api, segment, async (name) => {
        const { version } = await api.viewSegmentSettings({ path: { segment: name } });
        return {
          name,
          settings: await api.updateSegmentSettings({
            path: { segment: name },
            ifMatch: version,
            body: wished,
          }),
        };
      });
      context.show(set.settings, (shown) =>
        properties(context.terminal, [
          ["Segment", set.name],
          ["Columns", columnsText(shown)],
          ["Marker", markerText(shown)],
          ["Changed", changedText(shown)],
        ]),
      );
    });
}

/** Null: no names. Nothing is left out of the names, or the columns behind would be called otherwise. */
function columnsOf(given: string | boolean | undefined): { columns?: string[] | null } {
  if (given === false) {
    return { columns: null };
  }
  if (typeof given !== "string") {
    return {};
  }
  const names = given.split(",").map((name) => name.trim());
  const checked = check(columnNamesSchema, names);
  if (!checked.ok) {
    const [{ path, text }] = checked.faults;
    const which = typeof path[0] === "number" ? `, name ${path[0] + 1}` : "";
    throw usageFailure(`--columns${which}: ${text}`);
  }
  return { columns: checked.value };
}

/** `success`, `file:done.txt`, `manifest:files.json` */
function markerOf(given: string | undefined): { marker?: SegmentMarker } {
  if (given === undefined) {
    return {};
  }
  const [kind = "", ...rest] = given.split(":");
  const name = rest.join(":");
  const checked = check(segmentMarkerSchema, name === "" ? { kind } : { kind, name });
  if (!checked.ok) {
    const [{ path, text }] = checked.faults;
    throw usageFailure(
      path[0] === "name"
        ? `--marker: ${text}`
        : "--marker takes none, success, file:<name> or manifest:<name>.",
    );
  }
  return { marker: checked.value };
}

/** What says that a segment's refresh is whole. */
function markerText({ marker }: SegmentSettingsAnswer): string {
  switch (marker?.kind) {
    case undefined:
    case "none":
      return "none: files that lie there count";
    case "success":
      return "_SUCCESS, no older than any file";
    case "file":
      return `${marker.name}, no older than any file`;
    case "manifest":
      return `${marker.name}, which lists the files`;
  }
}

/** How a segment's columns come by their names. */
export function columnsText({ columns }: SegmentSettingsAnswer): string {
  return columns === undefined ? "as the files' header names them" : columns.join(", ");
}

function changedText(settings: SegmentSettingsAnswer): string | undefined {
  const { updatedAt, updatedBy = "" } = settings;
  return updatedAt === undefined
    ? undefined
    : `${instant(updatedAt) ?? ""}, by ${userText(settings, updatedBy)}`;
}
