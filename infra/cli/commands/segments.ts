import type { Command } from "commander";
import * as z from "zod";
import type { SegmentAnswer } from "../api/answers";
import { everything } from "../api/everything";
import { segmentNamed } from "../api/find-by-name";
import { optionsOf, type ContextOf } from "../command-context";
import { mappingLines, mappingText } from "../configuration/mapping-fields";
import { readingTexts } from "../output/fields/readings";
import { properties, table, type Column } from "../output/table";
import { bytes, count, instant } from "../output/words";
import { addSegmentSettings, columnsText } from "./segment-settings";

/** `klaviyo-export segments …` */
export function addSegmentCommands(program: Command, contextOf: ContextOf): void {
  const segments = program.command("segments").description("what can be exported");

  segments
    .command("list")
    .description("every segment, with its size and when it was refreshed")
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const api = await context.api();
      const found = await everything(api.listSegments);
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
          "There is no segment. A segment is a folder of files: segments/<name>/… in the segments bucket.",
        ),
      );
    });

  segments
    .command("describe")
    .argument("<segment>", "its name")
    .option("--email <field>", "count members by this field instead of the likeliest one")
    .description("read a segment: its fields, rows and members")
    .action(async (segment: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { email } = optionsOf(command, z.object({ email: z.string().optional() }));
      const api = await context.api();
      const described = await segmentNamed(api, segment, (name) =>
        api.viewSegment({ path: { segment: name }, query: { emailField: email } }),
      );
      context.show(described, (shown) =>
        [
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
