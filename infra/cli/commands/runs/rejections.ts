import { Option, type Command } from "commander";
import * as z from "zod";
import { rejectionCategories } from "../../../../shared/domain/runs/rejection";
import { findReportedRunId } from "../../api/find-by-name";
import type { AnswerOf } from "../../../client/operations";
import { optionsOf, type CommandContext, type ContextOf } from "../../command-context";
import { Failure } from "../../failure";
import { writeNamedFile } from "../../files/private-file";
import { downloadReport, readReport, type ReportRow } from "../../files/report";
import { hint } from "../../output/hints";
import { table, type Column } from "../../output/table";
import { count, counted, paragraph } from "../../output/words";
import { wholeNumber } from "../options/option-values";

const optionsSchema = z.object({
  outputFile: z.string().optional(),
  category: z.string().optional(),
  code: z.string().optional(),
  counts: z.boolean().default(false),
  droppedValues: z.boolean().default(false),
  limit: z.number().optional(),
});

/** Rows that are shown unless more are asked for: a screenful. */
const SHOWN = 50;

/** `klaviyo-export rejections …` */
export function addRejectionsCommand(program: Command, contextOf: ContextOf): void {
  program
    .command("rejections")
    .argument(
      "<run>",
      "id of the run, or name of an export, which means its last run that has a report",
    )
    .option("--output-file <file>", "write the whole report there, as CSV")
    .addOption(
      new Option("--category <category>", "only rows of this category")
        .choices(rejectionCategories)
        .conflicts("outputFile"),
    )
    .addOption(
      new Option("--code <code>", "only rows of this code, such as emailInvalid").conflicts(
        "outputFile",
      ),
    )
    .addOption(
      new Option("--counts", "instead, how many rows have which code").conflicts([
        ...["outputFile", "category", "code", "limit", "droppedValues"],
      ]),
    )
    .addOption(
      new Option(
        "--dropped-values",
        "instead, the values that profiles on the list went without, and why",
      ).conflicts(["category", "code"]),
    )
    .option(
      "--limit <rows>",
      `most rows that are shown (${SHOWN} unless given; all as JSON or YAML)`,
      wholeNumber,
    )
    .description("the rows that did not reach the list, and why")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { outputFile, category, code, counts, droppedValues, limit } = optionsOf(
        command,
        optionsSchema,
      );
      const api = await context.api();
      const runId = await findReportedRunId(api, named);
      if (runId !== named) {
        context.terminal.note(`The report is of the run ${runId}.`);
      }
      if (counts) {
        showCounts(context, await api.countRejections({ path: { runId } }));
        return;
      }
      const links = await api.downloadRejections({ path: { runId } });
      if (!droppedValues && links.droppedValues !== undefined) {
        context.terminal.note(
          paragraph(
            `Some profiles on the list went without a value. Which, and why: ${hint("rejections", named, "--dropped-values")}`,
            context.terminal.noteColumns,
          ),
        );
      }
      const url = droppedValues ? links.droppedValues : links.url;
      if (outputFile !== undefined) {
        await writeNamedFile(outputFile, downloadReport(url ?? refuseMissing(runId)));
        context.show({ runId, file: outputFile }, () => `The report is in ${outputFile}.`);
        return;
      }
      const most = limit ?? (context.format === "table" ? SHOWN : Number.POSITIVE_INFINITY);
      const isWanted = (row: ReportRow): boolean =>
        (category === undefined || row["category"] === category) &&
        (code === undefined || row["code"] === code);
      const { rows, total } =
        url === undefined
          ? { rows: [], total: 0 }
          : await readReport(downloadReport(url), isWanted, most);
      context.show(rows, (shown) =>
        [
          table(
            context.terminal,
            droppedValues ? droppedValueColumns : rejectionColumns,
            shown,
            total > 0 ? "" : noRowsText({ droppedValues, category, code }),
          ),
          ...(shown.length === total
            ? []
            : [
                `\n${counted(shown.length, "row")} of ${count(total)}; all of them with --output-file FILE or --limit ${total}.`,
              ]),
        ].join("\n"),
      );
    });
}

function showCounts(context: CommandContext, found: AnswerOf<"countRejections">): void {
  context.show(found, ({ counts, complete }) =>
    [
      table(
        context.terminal,
        [
          { title: "CODE", value: ({ code }) => code },
          { title: "ROWS", value: ({ rows }) => count(rows), align: "right" },
        ],
        counts,
        "Every row reached the list.",
      ),
      ...(complete
        ? []
        : ["\nThe report is too large to be counted whole; these are its first rows."]),
    ].join("\n"),
  );
}

/** A sentence gives way to the narrower columns down to this width. */
const SENTENCE = 24;

const placeColumns: readonly Column<ReportRow>[] = [
  { title: "SEGMENT", value: ({ segment }) => segment ?? "", dispensable: true },
  { title: "FILE", value: ({ file }) => file ?? "" },
  { title: "ROW", value: ({ row }) => row ?? "", align: "right" },
  { title: "EMAIL", value: ({ email }) => email ?? "" },
];

const rejectionColumns: readonly Column<ReportRow>[] = [
  ...placeColumns,
  { title: "CATEGORY", value: ({ category }) => category ?? "", dispensable: true },
  { title: "CODE", value: ({ code }) => code ?? "" },
  { title: "WHY", value: ({ text }) => text ?? "", breaksDownTo: SENTENCE },
];

const droppedValueColumns: readonly Column<ReportRow>[] = [
  ...placeColumns,
  { title: "KLAVIYO FIELD", value: ({ attribute }) => attribute ?? "" },
  { title: "FIELD", value: ({ field }) => field ?? "", dispensable: true },
  { title: "LOOKS LIKE", value: ({ shape }) => shape ?? "", dispensable: true },
  { title: "WHY", value: ({ text }) => text ?? "", breaksDownTo: SENTENCE },
];

/** What stands in place of a table where no row is there. */
function noRowsText({
  droppedValues,
  category,
  code,
}: {
  droppedValues: boolean;
  category: string | undefined;
  code: string | undefined;
}): string {
  if (droppedValues) {
    return "No profile went without a value.";
  }
  const looked = [category, code].filter((name) => name !== undefined);
  return looked.length === 0
    ? "Every row reached the list."
    : `No row is in the report as ${looked.join(" and ")}.`;
}

function refuseMissing(runId: string): never {
  throw new Failure({
    code: "reportNotAvailable",
    message: `No profile went without a value in the run ${runId}, so there is no such report. See the rows that did not reach the list with: ${hint("rejections", runId)}`,
    exit: "notFound",
  });
}
