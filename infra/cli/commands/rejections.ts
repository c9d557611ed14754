import { pipeline } from "node:stream/promises";
import { Option, type Command } from "commander";
import { parse } from "csv-parse";
import * as z from "zod";
import { rejectionCategories } from "../../../shared/domain/rejection";
import { findReportedRunId } from "../api/find-by-name";
import { optionsOf, type ContextOf } from "../command-context";
import { Failure } from "../failure";
import { writeNamedFile } from "../files/private-file";
import { table } from "../output/table";
import { count, counted } from "../output/words";
import { wholeNumber } from "./option-values";

const optionsSchema = z.object({
  outputFile: z.string().optional(),
  category: z.string().optional(),
  limit: z.number().optional(),
});
const rowSchema = z.record(z.string(), z.string());

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
    .option(
      "--limit <rows>",
      `most rows that are shown (${SHOWN} unless given; all as JSON or YAML)`,
      wholeNumber,
    )
    .description("the rows that did not reach the list, and why")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { outputFile, category, limit } = optionsOf(command, optionsSchema);
      const api = await context.api();
      const runId = await findReportedRunId(api, named);
      if (runId !== named) {
        context.terminal.note(`The report is of the run ${runId}.`);
      }
      const report = download((await api.rejectionsLink(runId)).url);
      if (outputFile !== undefined) {
        await writeNamedFile(outputFile, report);
        context.show({ runId, file: outputFile }, () => `The report is in ${outputFile}.`);
        return;
      }
      const most = limit ?? (context.format === "table" ? SHOWN : Number.POSITIVE_INFINITY);
      const { rows, total } = await readRows(report, category, most);
      context.show(rows, (shown) =>
        [
          table(
            context.terminal,
            [
              { title: "SEGMENT", value: ({ segment }) => segment ?? "" },
              { title: "FILE", value: ({ file }) => file ?? "" },
              { title: "ROW", value: ({ row }) => row ?? "", align: "right" },
              { title: "EMAIL", value: ({ email }) => email ?? "" },
              { title: "CATEGORY", value: (row) => row["category"] ?? "" },
              { title: "CODE", value: ({ code }) => code ?? "" },
              { title: "WHY", value: ({ text }) => text ?? "" },
            ],
            shown,
            noRowsText(total, category),
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

/** What stands in place of a table without rows: none are there, or none were to be shown. */
function noRowsText(total: number, category: string | undefined): string {
  if (total > 0) {
    return "";
  }
  return category === undefined
    ? "Every row reached the list."
    : `No row is in the report as ${category}.`;
}

/** The report's link is signed: it takes no token, and is given none. */
async function* download(url: string): AsyncGenerator<Uint8Array> {
  const response = await fetch(url).catch(() => undefined);
  if (response?.ok !== true || response.body === null) {
    throw reportUnreachable();
  }
  try {
    yield* response.body;
  } catch {
    // A report that broke off must not be taken for a whole one.
    throw reportUnreachable();
  }
}

function reportUnreachable(): Failure {
  return new Failure({
    code: "reportUnreachable",
    message:
      "The report could not be downloaded. Try again; its link is valid for a few minutes only.",
    exit: "unreachable",
  });
}

async function readRows(
  report: AsyncIterable<Uint8Array>,
  category: string | undefined,
  most: number,
): Promise<{ rows: Record<string, string>[]; total: number }> {
  const rows: Record<string, string>[] = [];
  let total = 0;
  await pipeline(report, parse({ bom: true, columns: true }), async (records) => {
    for await (const record of records) {
      const row = rowSchema.parse(record);
      if (category === undefined || row["category"] === category) {
        total += 1;
        if (rows.length < most) {
          rows.push(row);
        }
      }
    }
  });
  return { rows, total };
}
