import type { Recurrence } from "../../../shared/domain/schedules/recurrence";
import { recurrenceSchema } from "../../../shared/domain/schedules/recurrence";
import type { ExportSchedule } from "../../../shared/domain/schedules/schedule";
import { syncModeSchema, type SyncMode } from "../../../shared/domain/exports/export";
import type { ConnectionAnswer } from "../api/answers";
import type { Api } from "../api/api";
import { everything } from "../api/everything";
import { findConnection, findSegments, type ListChoice } from "../api/find-by-name";
import { answerOr, type CommandContext } from "../command-context";
import { Failure } from "../failure";
import { bytes, instant } from "../output/words";
import { chooseList, type ListWishes } from "./choose-list";
import { chooseMapping } from "./choose-mapping";
import { withConsent } from "./choose-consent";
import { hint } from "../output/hints";

export interface ExportWishes extends ListWishes {
  readonly name?: string | undefined;
  readonly connection?: string | undefined;
  readonly segments?: readonly string[] | undefined;
  readonly mapping?: Record<string, unknown> | undefined;
  readonly schedule?: ExportSchedule | undefined;
  /** Further settings that options have given, by their names. */
  readonly others?: Readonly<Record<string, unknown>>;
}

export interface ChosenExport {
  /** Whether a person was asked for a part of it. */
  readonly guided: boolean;
  readonly connection: ConnectionAnswer;
  /** Not made yet, if it is to be made. */
  readonly list: ListChoice;
  readonly settings: {
    readonly displayName: string;
    readonly segments: string[];
    readonly mapping: Record<string, unknown>;
    /** Undefined when nothing was said of it: the API then knows what it is. */
    readonly syncMode?: SyncMode | undefined;
  };
  /** Undefined when nothing was said of it: the export then follows the system refresh. */
  readonly schedule: ExportSchedule | undefined;
}

/**
 * Leads through an export's settings in the re-created product's order: connection, list, segments, the
 * field with the email address, further fields, sync mode, schedule, name. What the wishes answer is not asked.
 */
export async function chooseExport(
  context: CommandContext,
  api: Api,
  wishes: ExportWishes,
): Promise<ChosenExport> {
  // A person who answers one question is asked the others too; a script's silence means the defaults.
  const guided = [wishes.connection, wishes.segments, wishes.mapping, wishes.name].includes(
    undefined,
  );
  const connection = await chooseConnection(context, api, wishes.connection);
  const list = await chooseList(context, api, connection, wishes);
  const segments = await chooseSegments(context, api, wishes.segments);
  const mapped =
    wishes.mapping?.["email"] === undefined
      ? { ...(await chooseMapping(context, api, segments)), ...wishes.mapping }
      : wishes.mapping;
  const subscribes = wishes.others?.["subscription"] != null;
  const mapping =
    subscribes && context.terminal.interactive
      ? await withConsent(context, api, segments, mapped)
      : mapped;
  const syncMode =
    guided && context.terminal.interactive && wishes.others?.["syncMode"] === undefined
      ? await chooseSyncMode(context.terminal)
      : undefined;
  const schedule =
    wishes.schedule ??
    (guided && context.terminal.interactive ? await chooseSchedule(context) : undefined);
  const displayName =
    wishes.name ??
    (await answerOr(context, "--name", () =>
      context.terminal.prompts.text({
        message: "A name for the export:",
        default: segments.join(", "),
        validate: (answer) => answer.trim() !== "" || "it needs a name",
      }),
    ));
  return {
    guided: guided && context.terminal.interactive,
    connection,
    list,
    settings: {
      ...{ displayName, segments, mapping },
      syncMode,
    },
    schedule,
  };
}

/** The connection that is named, the only one there is, or the one that a person chooses. */
async function chooseConnection(
  context: CommandContext,
  api: Api,
  named: string | undefined,
): Promise<ConnectionAnswer> {
  if (named !== undefined) {
    return findConnection(api, named);
  }
  return answerOr(context, "--connection", async () => {
    const connections = await everything<ConnectionAnswer>(api.listConnections);
    if (connections.length === 0) {
      throw new Failure({
        code: "noConnectionAvailable",
        message: `There is no connection that you may use. An administrator makes one, or shares one with contributors, with: ${hint("connections", "create")}`,
        exit: "conflict",
      });
    }
    return context.terminal.prompts.choose({
      message: "Which connection?",
      choices: connections.map((connection) => ({
        name: connection.displayName,
        value: connection,
        ...(connection.account === undefined
          ? {}
          : { description: `Klaviyo account ${connection.account.organizationName}` }),
      })),
    });
  });
}

async function chooseSegments(
  context: CommandContext,
  api: Api,
  named: readonly string[] | undefined,
): Promise<string[]> {
  if (named !== undefined) {
    return findSegments(api, named);
  }
  return answerOr(context, "--segment", async () => {
    const segments = await everything(api.listSegments);
    if (segments.length === 0) {
      throw new Failure({
        code: "segmentMissing",
        message: "There is no segment yet. Put files into segments/<name>/ of the segments bucket.",
        exit: "conflict",
      });
    }
    return context.terminal.prompts.chooseSeveral({
      message: "Which segments? (space chooses, enter goes on)",
      required: true,
      choices: segments.map((segment) => ({
        name: segment.name,
        value: segment.name,
        description: `${bytes(segment.bytes)}, refreshed ${instant(segment.refreshedAt) ?? ""}`,
      })),
    });
  });
}

const syncModes: Readonly<Record<SyncMode, string>> = {
  upsert: "who leaves the segments stays on the list",
  mirror: "who leaves the segments leaves the list, though never the account",
};

async function chooseSyncMode({ prompts }: CommandContext["terminal"]): Promise<SyncMode> {
  return prompts.choose<SyncMode>({
    message: "What becomes of people who leave the segments?",
    choices: syncModeSchema.options.map((mode) => ({
      name: `${mode}: ${syncModes[mode]}`,
      short: mode,
      value: mode,
    })),
  });
}

async function chooseSchedule({ terminal: { prompts } }: CommandContext): Promise<ExportSchedule> {
  const mode = await prompts.choose<ExportSchedule["mode"]>({
    message: "When does it run?",
    choices: [
      { name: "With the system refresh", value: "system" },
      { name: "When all of its segments have been refreshed", value: "onRefresh" },
      { name: "At times of its own", value: "own" },
      { name: "On demand only", value: "off" },
    ],
  });
  return mode === "own" ? { mode, recurrence: await chooseRecurrence(prompts) } : { mode };
}

async function chooseRecurrence(
  prompts: CommandContext["terminal"]["prompts"],
): Promise<Recurrence> {
  const daily = { frequency: "daily", times: ["06:00"], timeZone: "UTC" };
  const fault = (change: object): true | string => {
    const parsed = recurrenceSchema.safeParse({ ...daily, ...change });
    return parsed.success || (parsed.error.issues[0]?.message ?? "not valid");
  };
  const split = (text: string): string[] => text.split(",").map((part) => part.trim());
  const times = await prompts.text({
    message: "At which times? (HH:MM, up to four, with commas)",
    default: "06:00",
    validate: (answer) => fault({ times: split(answer) }),
  });
  const days = await prompts.text({
    message: "On which days? (such as monday, thursday; empty for every day)",
    validate: (answer) =>
      answer.trim() === "" || fault({ frequency: "weekly", days: split(answer) }),
  });
  const timeZone = await prompts.text({
    message: "In which time zone?",
    default: Intl.DateTimeFormat().resolvedOptions().timeZone,
    validate: (answer) => fault({ timeZone: answer }),
  });
  return recurrenceSchema.parse({
    ...(days.trim() === "" ? { frequency: "daily" } : { frequency: "weekly", days: split(days) }),
    times: split(times),
    timeZone,
  });
}
