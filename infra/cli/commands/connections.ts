import { Option, type Command } from "commander";
import * as z from "zod";
import { connectionsContract } from "../../../shared/contract/connections";
import { CONSENT_WORDING, sharingSchema } from "../../../shared/domain/connections/connection";
import type { ConnectionAnswer } from "../api/answers";
import { everything } from "../api/everything";
import { findConnection } from "../api/find-by-name";
import { confirmed, optionsOf, type CommandContext, type ContextOf } from "../command-context";
import { usageFailure } from "../failure";
import { describeConnection, connectionTable } from "../output/connections/connections";
import { exportTable } from "../output/exports";
import { describePace } from "../output/connections/pace";
import { hint } from "../output/hints";
import { table } from "../output/table";
import { counted } from "../output/words";
import { noteUnreadable } from "../output/unreadable";
import { createConnection } from "../guided/create-connection";
import {
  addApiKeyOptions,
  apiKeyOptionsSchema,
  readNewKey,
  waysGiven,
} from "./options/api-key-options";
import { listOptions } from "./options/list-options";
import { wholeNumber } from "./options/option-values";

const settingOptions = {
  name: z.string().optional(),
  sharing: sharingSchema.optional(),
  profileLimit: z.number().optional(),
};

const filters = listOptions(connectionsContract["GET /connections"].query.shape, {
  search: "only those whose name contains this",
  sort: "order; - before the field for last to first",
  state: "only those whose key is in this state",
  sharing: "only those that are shared like this",
});

/** `klaviyo-export connections …` */
export function addConnectionCommands(program: Command, contextOf: ContextOf): void {
  const connections = program
    .command("connections")
    .description("Klaviyo accounts that exports may be sent to");

  filters
    .addTo(connections.command("list"))
    .description("every connection that you may see")
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const api = await context.api();
      const unreadable: string[] = [];
      const items = await everything(
        ({ query }) => api.listConnections({ query: { ...query, ...filters.given(command) } }),
        undefined,
        unreadable,
      );
      noteUnreadable(context.terminal, "connection", unreadable);
      context.show(items, (all) =>
        connectionTable(
          context.terminal,
          all,
          filters.none(
            command,
            `There is no connection that you may use. Administrators make one with: ${hint("connections", "create")}`,
          ),
        ),
      );
    });

  connections
    .command("get")
    .argument("<connection>", "its name or id")
    .description("one connection: state, account, scopes, consent")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const api = await context.api();
      const { connectionId } = await findConnection(api, named);
      showConnection(context, await api.viewConnection({ path: { connectionId } }));
    });

  connections
    .command("pace")
    .argument("<connection>", "its name or id")
    .description("how much of Klaviyo's limits its account uses now, and which runs use it")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const api = await context.api();
      const { connectionId } = await findConnection(api, named);
      context.show(await api.viewPace({ path: { connectionId } }), (pace) =>
        describePace(context.terminal, pace),
      );
    });

  addSettingOptions(addApiKeyOptions(connections.command("create")))
    .option("--agree", "agree to the consent that the command shows")
    .description("connect a Klaviyo account; what is not given is asked for at a terminal")
    .addHelpText("after", `\nWhat --agree says: “${CONSENT_WORDING.text}”`)
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const options = optionsOf(
        command,
        apiKeyOptionsSchema.extend({ ...settingOptions, agree: z.boolean().optional() }),
      );
      const created = await createConnection(context, {
        ...options,
        readKey: () => readNewKey(context, options),
        keyAsked: waysGiven(options).length === 0,
      });
      context.terminal.note(`Connected to ${accountText(created)}.`);
      showConnection(context, created);
    });

  addSettingOptions(connections.command("update"))
    .argument("<connection>", "its name or id")
    .description("change name, sharing or profile limit")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { name, sharing, profileLimit } = optionsOf(command, z.object(settingOptions));
      if (name === undefined && sharing === undefined && profileLimit === undefined) {
        throw usageFailure("Nothing to change: give --name, --sharing or --profile-limit.");
      }
      const api = await context.api();
      const present = await findConnection(api, named);
      const whole: ConnectionAnswer = await api.viewConnection({
        path: { connectionId: present.connectionId },
      });
      showConnection(
        context,
        await api.updateConnection({
          path: { connectionId: whole.connectionId },
          ifMatch: whole.version,
          body: {
            displayName: name ?? whole.displayName,
            sharing: sharing ?? whole.sharing ?? "administrators",
            profileLimit: profileLimit ?? whole.profileLimit ?? 0,
          },
        }),
      );
    });

  connections
    .command("test")
    .argument("<connection>", "its name or id")
    .description("try the key or the sign-in against Klaviyo again, and show what was found")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const api = await context.api();
      const { connectionId } = await findConnection(api, named);
      showConnection(context, await api.verifyConnection({ path: { connectionId } }));
    });

  addApiKeyOptions(connections.command("replace-key"))
    .argument("<connection>", "its name or id")
    .description("give the connection another key, or a sign-in, of the same account")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const options = optionsOf(command, apiKeyOptionsSchema);
      const api = await context.api();
      const { connectionId } = await findConnection(api, named);
      const replaced = await api.replaceKey({
        path: { connectionId },
        body: await readNewKey(context, options),
      });
      context.terminal.note(`The key was replaced; runs that are going carry on with the new one.`);
      showConnection(context, replaced);
    });

  connections
    .command("delete")
    .argument("<connection>", "its name or id")
    .option(
      "--detach-exports",
      "detach the exports that use it first: they are kept, and do not run",
    )
    .option("-y, --yes", "do not ask")
    .description("remove a connection with its key; it is refused while exports use it")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { detachExports, yes } = optionsOf(
        command,
        z.object({ detachExports: z.boolean().optional(), yes: z.boolean().optional() }),
      );
      const api = await context.api();
      const { connectionId, displayName } = await findConnection(api, named);
      if (
        !(await confirmed(context, `Delete the connection “${displayName}” with its key?`, yes))
      ) {
        context.terminal.note("Nothing was deleted.");
        return;
      }
      if (detachExports === true) {
        const { items } = await api.detachConnectionExports({ path: { connectionId } });
        context.terminal.note(`Detached ${counted(items.length, "export")}.`);
      }
      await api.deleteConnection({ path: { connectionId } });
      context.show({ deleted: connectionId }, () => `Deleted the connection “${displayName}”.`);
    });

  connections
    .command("lists")
    .argument("<connection>", "its name or id")
    .option("--name <part>", "only lists whose name contains this")
    .description("every list of the Klaviyo account")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { name } = optionsOf(command, z.object({ name: z.string().optional() }));
      const api = await context.api();
      const { connectionId } = await findConnection(api, named);
      const lists = await everything(({ query }) =>
        api.listKlaviyoLists({ path: { connectionId }, query: { ...query, search: name } }),
      );
      context.show(lists, (all) =>
        table(
          context.terminal,
          [
            { title: "LIST", value: ({ name: listName }) => listName },
            { title: "ID", value: ({ id }) => id },
          ],
          all,
          name === undefined
            ? "The Klaviyo account has no list."
            : `The Klaviyo account has no list whose name contains “${name}”.`,
        ),
      );
    });

  connections
    .command("create-list")
    .argument("<connection>", "its name or id")
    .argument("<name>", "name of the new list")
    .description("make a list in the Klaviyo account")
    .action(async (named: string, name: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const api = await context.api();
      const { connectionId } = await findConnection(api, named);
      const list = await api.createKlaviyoList({ path: { connectionId }, body: { name } });
      context.show(list, () => `Made the list “${list.name}”, with the id ${list.id}.`);
    });

  connections
    .command("exports")
    .argument("<connection>", "its name or id")
    .description("the exports that use the connection")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const api = await context.api();
      const { connectionId, displayName } = await findConnection(api, named);
      const unreadable: string[] = [];
      const items = await everything(
        ({ query }) => api.listConnectionExports({ path: { connectionId }, query }),
        undefined,
        unreadable,
      );
      noteUnreadable(context.terminal, "export", unreadable);
      context.show(items, (all) =>
        exportTable(context.terminal, all, `No export uses the connection “${displayName}”.`),
      );
    });
}

function addSettingOptions(command: Command): Command {
  return command
    .option("--name <name>", "display name")
    .addOption(
      new Option("--sharing <who>", "who may use it beside administrators").choices(
        sharingSchema.options,
      ),
    )
    .option("--profile-limit <members>", "most members that one run may have", wholeNumber);
}

function showConnection(context: CommandContext, connection: ConnectionAnswer): void {
  context.show(connection, (shown) => describeConnection(context.terminal, shown));
}

function accountText({ account, displayName }: ConnectionAnswer): string {
  return account === undefined ? displayName : `${account.organizationName} (${account.id})`;
}
