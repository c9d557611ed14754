import { Option, type Command } from "commander";
import * as z from "zod";
import { exportsContract } from "../../../shared/contract/exports";
import { switchedOff, type ExportSchedule } from "../../../shared/domain/schedules/schedule";
import { everything } from "../api/everything";
import { findConnection, findExport } from "../api/find-by-name";
import { confirmed, optionsOf, type ContextOf } from "../command-context";
import { usageFailure } from "../failure";
import { chooseList, withList } from "../guided/choose-list";
import { exportTable } from "../output/exports";
import { hint } from "../output/hints";
import { noteUnreadable } from "../output/unreadable";
import { addListOptions, exportOptionsSchema } from "./options/export-options";
import { listOptions } from "./options/list-options";
import { addMakingCommands } from "./make-exports";
import { addPreviewCommand } from "./runs/preview";
import {
  addRecurrenceOptions,
  onRefreshOf,
  onRefreshOption,
  onRefreshOptionsSchema,
  overdueOption,
  recurrenceOf,
  recurrenceOptionsSchema,
} from "./options/schedule-options";
import { rescheduled, showExport } from "./shown-export";

/** `klaviyo-export exports …` */
export function addExportCommands(program: Command, contextOf: ContextOf): void {
  const exports = program
    .command("exports")
    .description("which segments go to which Klaviyo list, by which fields, and when");
  addReadingCommands(exports, contextOf);
  addMakingCommands(exports, contextOf);
  addDeletion(exports, contextOf);
  addPreviewCommand(exports, contextOf);
  addConnectionCommands(exports, contextOf);
}

const filters = listOptions(exportsContract["GET /exports"].query.shape, {
  search: "only those whose name contains this",
  sort: "order; - before the field for last to first",
  segment: "only those of this segment",
  listId: "only those that go to this Klaviyo list",
  syncMode: "only those of this sync mode",
  scheduleMode:
    "only those that run with the system refresh, when their segments are refreshed, at times of their own, or never",
  lastRunStatus: "only those whose last run has this status",
  detached: "only those that are on no connection, or only the others",
});

function addReadingCommands(exports: Command, contextOf: ContextOf): void {
  filters
    .addTo(exports.command("list"))
    .option("--connection <connection>", "only those of this connection, by name or id")
    .description("every export, with its last and its next run")
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const { connection } = optionsOf(command, z.object({ connection: z.string().optional() }));
      const api = await context.api();
      const { connectionId } =
        connection === undefined ? {} : await findConnection(api, connection);
      const unreadable: string[] = [];
      const items = await everything(
        ({ query }) =>
          api.listExports({ query: { ...query, connectionId, ...filters.given(command) } }),
        undefined,
        unreadable,
      );
      noteUnreadable(context.terminal, "export", unreadable);
      context.show(items, (all) =>
        exportTable(
          context.terminal,
          all,
          filters.none(command, `There is no export. Make one with: ${hint("exports", "create")}`),
        ),
      );
    });

  exports
    .command("get")
    .argument("<export>", "its name or id")
    .description("one export with all its settings")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const api = await context.api();
      const { exportId } = await findExport(api, named);
      // A list does not say what its exports' mappings leave open.
      showExport(context, await api.viewExport({ path: { exportId } }));
    });
}

function addDeletion(exports: Command, contextOf: ContextOf): void {
  exports
    .command("delete")
    .argument("<export>", "its name or id")
    .option("-y, --yes", "do not ask")
    .description("delete an export; a run that is going is canceled, Klaviyo's list stays as it is")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { yes } = optionsOf(command, z.object({ yes: z.boolean().optional() }));
      const api = await context.api();
      const { exportId, displayName } = await findExport(api, named);
      if (!(await confirmed(context, `Delete the export “${displayName}”?`, yes))) {
        context.terminal.note("Nothing was deleted.");
        return;
      }
      await api.deleteExport({ path: { exportId } });
      context.show({ deleted: exportId }, () => `Deleted the export “${displayName}”.`);
    });
}

function addConnectionCommands(exports: Command, contextOf: ContextOf): void {
  exports
    .command("detach")
    .argument("<export>", "its name or id")
    .option("-y, --yes", "do not ask")
    .description("take an export off its connection: it keeps its settings and does not run")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { yes } = optionsOf(command, z.object({ yes: z.boolean().optional() }));
      const api = await context.api();
      const { exportId, displayName } = await findExport(api, named);
      const question = `Detach “${displayName}”? A run that is going is canceled.`;
      if (!(await confirmed(context, question, yes))) {
        context.terminal.note("Nothing was detached.");
        return;
      }
      showExport(context, await api.detachExport({ path: { exportId } }));
    });

  addListOptions(exports.command("attach"))
    .argument("<export>", "its name or id")
    .requiredOption("--connection <connection>", "name or id of the connection")
    .option("--agree", "agree anew that its members are subscribed, if the export subscribes them")
    .description("put an export on a connection; without a list it keeps its own")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const options = optionsOf(
        command,
        exportOptionsSchema
          .pick({ listId: true, listName: true, createList: true })
          .extend({ connection: z.string(), agree: z.literal(true).optional() }),
      );
      const api = await context.api();
      const present = await findExport(api, named);
      const connection = await findConnection(api, options.connection);
      const { connectionId } = connection;
      const keepsList = [options.listId, options.listName, options.createList].every(
        (given) => given === undefined,
      );
      const list = keepsList ? undefined : await chooseList(context, api, connection, options);
      const attach = (listId: string | undefined) =>
        api.attachExport({
          path: { exportId: present.exportId },
          ifMatch: present.version,
          body: { connectionId, agree: options.agree, listId },
        });
      showExport(
        context,
        list === undefined
          ? await attach(undefined)
          : await withList(context.terminal, api, connectionId, list, attach),
      );
    });

  addRecurrenceOptions(exports.command("schedule"))
    .argument("<export>", "its name or id")
    .addOption(new Option("--system", "run with the system refresh").conflicts("off"))
    .addOption(onRefreshOption().conflicts(["off", "system", "times"]))
    .addOption(overdueOption())
    .option("--off", "run on demand only; a schedule of its own is kept")
    .description(
      "say when an export runs: with the system refresh, when its segments were refreshed, at --times of its own, or never",
    )
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const options = optionsOf(
        command,
        recurrenceOptionsSchema.extend({
          ...onRefreshOptionsSchema.shape,
          system: z.boolean().optional(),
          off: z.boolean().optional(),
        }),
      );
      const onRefresh = onRefreshOf(options);
      const wished = recurrenceOf(options);
      const api = await context.api();
      const present = await findExport(api, named);
      const kept = switchedOff(present.schedule);
      const schedule = ((): ExportSchedule => {
        if (options.system === true) return { mode: "system" };
        if (onRefresh !== undefined) return { mode: "onRefresh", ...onRefresh };
        if (options.off === true) {
          return wished === undefined ? kept : { mode: "off", recurrence: wished };
        }
        if (wished === undefined) {
          throw usageFailure("Give --system, --on-refresh, --off or --times.");
        }
        return { mode: "own", recurrence: wished };
      })();
      showExport(context, await rescheduled(api, present, schedule));
    });
}
