import type { Command } from "commander";
import * as z from "zod";
import { segmentsContract } from "../../../shared/contract/segments";
import type { SegmentAnswer } from "../api/answers";
import { everything } from "../api/everything";
import { segmentNamed } from "../api/find-by-name";
import { optionsOf, type ContextOf } from "../command-context";
import { mappingLines, mappingText } from "../configuration/mapping-fields";
import { readingTexts } from "../output/fields/readings";
import { properties, table, type Column } from "../output/table";
import { told } from "../output/run-result";
import { bytes, count, counted, instant } from "../output/words";
import { noteUnlisted } from "../output/unreadable";
import { listOptions } from "./options/list-options";
import { addSegmentSettings, columnsText } from "./segment-settings";

const filters = listOptions(segmentsContract["GET /segments"].query.shape, {
  search: "only those whose name contains this",
  sort: "order; - before the field for last to first",
  source: "only those of this source, by its id; “bucket” is the segments bucket",
});

/** `klaviyo-export segments …` */
export function addSegmentCommands(program: Command, contextOf: ContextOf): void {
  const segments = program.command("segments").description("what can be exported");

  filters
    .addTo(segments.command("list"))
    .description("every segment of all sources, with its size and when it was refreshed")
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const api = await context.api();
      const unreadable: string[] = [];
      const found = await everything(
        ({ query }) => api.listSegments({ query: { ...query, ...filters.given(command) } }),
        undefined,
        unreadable,
      );
      noteUnlisted(context.terminal, unreadable);
      context.show(found, (all) =>
        table(
          context.terminal,
          [
            { title: "SEGMENT", value: ({ name }) => name },
            { title: "FILES", value: ({ files }) => count(files), align: "right" },
            { title: "SIZE", value: (segment) => bytes(segment.bytes), align: "right" },
            { title: "REFRESHED", value: ({ refreshedAt }) => instant(refreshedAt) ?? "" },
          ],
          all,
          filters.none(
            command,
            "There is no segment. A segment is a folder of files: segments/<name>/… in the segments bucket.",
          ),
        ),
      );
    });

  segments
    .command("describe")
    .alias("show")
    .argument("<segment>", "its name")
    .option("--email <field>", "count members by this field instead of the likeliest one")
    .description("read a segment: its fields, rows and members, and which exports use it")
    .action(async (segment: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { email } = optionsOf(command, z.object({ email: z.string().optional() }));
      const api = await context.api();
      const described = await segmentNamed(api, segment, (name) =>
        api.viewSegment({ path: { segment: name }, query: { emailField: email } }),
      );
      const exports = await everything(api.listExports);
      const [using, others] = [true, false].map((uses) =>
        exports
          .filter((each) => each.segments.includes(described.name) === uses)
          .map(({ displayName }) => displayName)
          .join(", "),
      );
      context.show(described, (shown) =>
        [
          ...shown.warnings.map((warning) => told(context.terminal, "yellow", warning)),
          properties(context.terminal, [
            ["Segment", shown.name],
            ["Files", `${count(shown.files)}, ${bytes(shown.bytes)}`],
            ["Refreshed", instant(shown.refreshedAt)],
            [
              "Columns",
              shown.settings?.columns === undefined ? undefined : columnsText(shown.settings),
            ],
            ["Rows", count(shown.rows)],
            [
              "Members",
              shown.members === undefined
                ? undefined
                : `${count(shown.members)}, by field “${shown.emailField ?? ""}”`,
            ],
            ["Email field", emailFieldText(shown.suggestedEmailField)],
            ["Consent", consentText(shown.suggestedConsent)],
            ["Before", shown.refreshes.slice(1).map(refreshText).join("\n")],
            ["Exports", using === "" ? "none uses it" : using],
            ["Others", others === "" ? undefined : others],
          ]),
          "",
          table(
            context.terminal,
            [
              { title: "FIELD", value: ({ name }) => name },
              { title: "TYPE", value: ({ type }) => type },
              ...(shown.fields.some((field) => readAs(shown).value(field) !== "")
                ? [readAs(shown)]
                : []),
            ],
            [...shown.fields],
            "Its files have no fields.",
          ),
          ...(shown.suggestedMapping === undefined
            ? []
            : [
                "",
                context.terminal.colors.bold(
                  "A mapping to start from, by what the fields are called",
                ),
                mappingText(shown.suggestedMapping).replace(/^/gm, "  "),
              ]),
        ].join("\n"),
      );
    });

  segments
    .command("rows")
    .argument("<segment>", "its name")
    .description("a segment's first 100 rows, as they lie in its files (kept in the audit log)")
    .action(async (segment: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const api = await context.api();
      const found = await segmentNamed(api, segment, (name) =>
        api.viewSegmentRows({ path: { segment: name } }),
      );
      context.show(found, ({ fields, rows }) =>
        table(
          context.terminal,
          fields.map((title, at): Column<readonly (string | null)[]> => ({
            title,
            value: (row) => row[at] ?? "",
          })),
          rows,
          "The segment has no rows.",
        ),
      );
    });

  addSegmentSettings(segments, contextOf);
}

/** What its cells decided about a field; most fields have nothing to decide. */
function readAs({ suggestedMapping }: SegmentAnswer): Column<SegmentAnswer["fields"][number]> {
  const phone = mappingLines(suggestedMapping ?? {}).find(
    ({ klaviyoField }) => klaviyoField === "phone_number",
  );
  return {
    title: "READ AS",
    value: ({ name, reading: { withoutCountry, ...reading } = {} }) =>
      // Any figures might be phone numbers; only those that are called so are told of.
      readingTexts(name === phone?.field ? { ...reading, withoutCountry } : reading).join("; "),
    breaksDownTo: 24,
  };
}

function refreshText({ refreshedAt, rows, members }: SegmentAnswer["refreshes"][number]): string {
  const size = members === undefined ? counted(rows, "row") : counted(members, "member");
  return `${instant(refreshedAt) ?? ""}: ${size}`;
}

function consentText(suggested: SegmentAnswer["suggestedConsent"]): string | undefined {
  return suggested === undefined
    ? undefined
    : `“${suggested.field}” says who ${suggested.meaning === "agreed" ? "agreed to" : "refused"} emails`;
}

function emailFieldText(suggested: string | undefined): string {
  return suggested === undefined
    ? "no field looks like email addresses"
    : `“${suggested}” looks like it`;
}
