import type { Command } from "commander";
import * as z from "zod";
import type { ExportSchedule } from "../../../shared/domain/schedules/schedule";
import type { ExportAnswer } from "../api/answers";
import type { Api } from "../api/api";
import { findConnection, findExport, findSegments } from "../api/find-by-name";
import { optionsOf, type CommandContext, type ContextOf } from "../command-context";
import { checkedSettings, settingsOf } from "../configuration/check-settings";
import { mappingText } from "../configuration/mapping-fields";
import { Failure, usageFailure } from "../failure";
import { acknowledged } from "../guided/acknowledge";
import { checkFields } from "../guided/check-fields";
import { chooseList, idToCheck, listText, withList } from "../guided/choose-list";
import { chooseExport, type ChosenExport } from "../guided/create-export";
import { noteOpen, settled, type SettledMapping } from "../guided/settle-questions";
import { hint } from "../output/hints";
import { noteQuestions } from "../output/fields/mapping-questions";
import { asYaml } from "../output/print-result";
import { properties } from "../output/table";
import { scheduleText } from "../output/words";
import {
  addExportOptions,
  agreeOption,
  exportOptionsSchema,
  otherSettings,
} from "./options/export-options";
import { mappingOf, unmapOption } from "./options/mapping-options";
import { rescheduled, showExport } from "./shown-export";

const createOptionsSchema = exportOptionsSchema.extend({ yes: z.boolean().optional() });

/** `klaviyo-export exports create`, `update` and `duplicate` */
export function addMakingCommands(exports: Command, contextOf: ContextOf): void {
  addExportOptions(exports.command("create"))
    .description("make an export; what is not given is asked for at a terminal")
    .option("-y, --yes", "do not ask whether what is shown is to be made")
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const options = optionsOf(command, createOptionsSchema);
      const others = otherSettings.given(command);
      const api = await context.api();
      const chosen = await chooseExport(context, api, {
        ...options,
        segments: options.segment,
        mapping: await mappingOf(options),
        others,
      });
      const { connection, list, schedule, settings } = chosen;
      const { connectionId } = connection;
      const whole = { ...settings, ...others, connectionId };
      // All that can be checked is checked, and a person is asked, before anything is made that would stay.
      checkedSettings({ ...whole, listId: idToCheck(list) });
      const described = await checkFields(
        context.terminal,
        api,
        settings.segments,
        settings.mapping,
      );
      const { mapping, left } = await settled(context, settings.mapping, described);
      const agreed = await acknowledged(context, { ...whole, mapping }, options);
      const shown = { ...chosen, settings: { ...settings, mapping } };
      if (chosen.guided && options.yes !== true && !(await seen(context, shown, others))) {
        context.terminal.note("Nothing was made.");
        return;
      }
      const created = await withList(context.terminal, api, connectionId, list, (listId) =>
        api.createExport({ body: checkedSettings({ ...agreed, listId }) }),
      );
      showExport(
        context,
        schedule === undefined ? created : await withSchedule(api, created, schedule),
      );
      noteQuestions(context.terminal, created.displayName, created.mapping, left);
      context.terminal.note(
        `It has not run yet. Run it with: ${hint("runs", "start", created.displayName, "--watch")}`,
      );
    });

  addExportOptions(exports.command("update"))
    .addOption(unmapOption())
    .argument("<export>", "its name or id")
    .description("change settings; what is not given stays as it is")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const options = optionsOf(command, exportOptionsSchema);
      const api = await context.api();
      const present = await findExport(api, named);
      const { list, ...changes } = await changesOf(context, api, present, options);
      const changed = {
        ...withoutUndefined(changes),
        ...(list === undefined ? {} : { listId: idToCheck(list) }),
        ...otherSettings.given(command),
      };
      if (Object.keys(changed).length === 0) {
        throw usageFailure("Nothing to change: give an option that says what.");
      }
      const before = settingsOf(present);
      checkedSettings({ ...before, ...changed });
      const remapped =
        changes.mapping !== undefined || changes.segments !== undefined
          ? await settledMapping(context, api, present, changes)
          : { mapping: present.mapping, left: [] };
      const settings = await acknowledged(
        context,
        { ...before, ...changed, mapping: remapped.mapping },
        { before, agree: options.agree },
      );
      const update = (wished: object) =>
        api.updateExport({
          path: { exportId: present.exportId },
          ifMatch: present.version,
          body: checkedSettings(wished),
        });
      const updated =
        list === undefined
          ? await update(settings)
          : await withList(
              context.terminal,
              api,
              String(settings["connectionId"]),
              list,
              (listId) => update({ ...settings, listId }),
            );
      showExport(context, updated);
      noteQuestions(context.terminal, updated.displayName, updated.mapping, remapped.left);
    });

  exports
    .command("duplicate")
    .argument("<export>", "its name or id")
    .option("--name <name>", "name of the new one (that of the old one with “(copy)” unless given)")
    .addOption(agreeOption())
    .description("make another export with the same settings and schedule")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { name, agree } = optionsOf(
        command,
        z.object({ name: z.string().optional(), agree: z.boolean().optional() }),
      );
      const api = await context.api();
      const present = await findExport(api, named);
      const displayName = name ?? `${present.displayName} (copy)`;
      const settings = { ...settingsOf(present), displayName };
      const made = await api.createExport({
        body: checkedSettings(await acknowledged(context, settings, { agree })),
      });
      showExport(context, await withSchedule(api, made, present.schedule));
      noteOpen(context.terminal, made);
    });
}

/** The mapping as it is changed, checked against the segments; what is unclear about it is asked for. */
async function settledMapping(
  context: CommandContext,
  api: Api,
  present: ExportAnswer,
  { segments, mapping }: ChangedMapping,
): Promise<SettledMapping> {
  const wished = mapping ?? { ...present.mapping };
  const described = await checkFields(context.terminal, api, segments ?? present.segments, wished);
  return settled(context, wished, described);
}

interface ChangedMapping {
  readonly segments?: readonly string[] | undefined;
  readonly mapping?: Record<string, unknown> | undefined;
}

/** The settings that options change; the list is not made yet. */
async function changesOf(
  context: CommandContext,
  api: Api,
  present: ExportAnswer,
  options: z.infer<typeof exportOptionsSchema>,
) {
  const { name, connection, segment, listId, listName, createList } = options;
  const moved = connection === undefined ? undefined : await findConnection(api, connection);
  const on = moved ?? {
    connectionId: present.connectionId ?? "",
    displayName: present.connection?.displayName ?? present.connectionId ?? "",
  };
  const listNamed = listId !== undefined || listName !== undefined || createList !== undefined;
  return {
    displayName: name,
    connectionId: moved?.connectionId,
    list: listNamed ? await chooseList(context, api, on, options) : undefined,
    segments: segment === undefined ? undefined : await findSegments(api, segment),
    mapping: await mappingOf(options, present.mapping),
  };
}

function withoutUndefined(values: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Shows what would be made; whether a person wants it so. */
async function seen(
  context: CommandContext,
  { connection, list, schedule, settings }: ChosenExport,
  others: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const { terminal } = context;
  terminal.note(
    `\n${properties({ colors: terminal.noteColors, columns: terminal.noteColumns }, [
      ["Export", settings.displayName],
      ["Connection", connection.displayName],
      ["List", listText(list)],
      ["Segments", settings.segments.join(", ")],
      ["Mapping", mappingText(settings.mapping)],
      ["Sync mode", settings.syncMode],
      ...Object.entries(others).map(([name, value]): [string, string] => [name, asYaml(value)]),
      ["Runs", schedule === undefined ? undefined : scheduleText(schedule)],
    ])}\n`,
  );
  return terminal.prompts.confirm({ message: "Make this export?", default: true });
}

/** The export with its schedule; what goes wrong says that the export is there. */
async function withSchedule(
  api: Api,
  made: ExportAnswer,
  schedule: ExportSchedule,
): Promise<ExportAnswer> {
  try {
    return await rescheduled(api, made, schedule);
  } catch (error) {
    throw error instanceof Failure
      ? new Failure({
          ...error.details,
          message: `${error.message}\nThe export “${made.displayName}” was made; only its schedule was not set. Set it with: ${hint("exports", "schedule", made.displayName, "--system")}`,
        })
      : error;
  }
}
