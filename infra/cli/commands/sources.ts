import type { Command } from "commander";
import * as z from "zod";
import type { SourceAnswer } from "../api/answers";
import { findSource } from "../api/find-by-name";
import { confirmed, optionsOf, type CommandContext, type ContextOf } from "../command-context";
import { usageFailure } from "../failure";
import { createSource } from "../guided/create-source";
import { describeSource, sourceTable } from "../output/sources";
import { noteUnreadable } from "../output/unreadable";
import { counted } from "../output/words";
import {
  addCredentialOptions,
  addPlaceOptions,
  askCredential,
  credentialGiven,
  placeGiven,
  sourceOptionsSchema,
} from "./options/source-options";

/** `klaviyo-export sources …` */
export function addSourceCommands(program: Command, contextOf: ContextOf): void {
  const sources = program.command("sources").description("where segments come from");

  sources
    .command("list")
    .description("every source, the segments bucket first")
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const { items, unreadable = [] } = await (await context.api()).listSources();
      noteUnreadable(context.terminal, "source", unreadable);
      context.show(items, (all) => sourceTable(context.terminal, all));
    });

  sources
    .command("get")
    .argument("<source>", "its name or id")
    .description("one source: state, tables, when they were refreshed")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      showSource(context, await findSource(await context.api(), named));
    });

  addCredentialOptions(addPlaceOptions(sources.command("create")))
    .option("--name <name>", "display name")
    .option(
      "--id <id>",
      "what its segments' names begin with, which never changes (made of the display name unless given)",
    )
    .description(
      "add an export folder of Customer Insights or Synapse Link; what is not given is asked for at a terminal",
    )
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const { id, name, ...options } = optionsOf(
        command,
        sourceOptionsSchema.extend({ id: z.string().optional(), name: z.string().optional() }),
      );
      const created = await createSource(context, {
        ...{ id, name, place: placeGiven(options) },
        readCredential: () => credentialGiven(context, options),
      });
      context.terminal.note(`Added, with ${counted(created.tableCount ?? 0, "segment")}.`);
      showSource(context, created);
    });

  addCredentialOptions(addPlaceOptions(sources.command("update")))
    .argument("<source>", "its name or id")
    .option("--name <name>", "display name")
    .description("change its name, or its place while no export uses it, with what lets in there")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { name, ...options } = optionsOf(
        command,
        sourceOptionsSchema.extend({ name: z.string().optional() }),
      );
      const place = placeGiven(options);
      const given = await credentialGiven(context, options);
      if (name === undefined && place === undefined && given === undefined) {
        throw usageFailure("Nothing to change: give --name, a place or a credential.");
      }
      const api = await context.api();
      const { sourceId, displayName, version } = await findSource(api, named);
      const credential =
        given ??
        (place === undefined
          ? undefined
          : place.kind === "s3"
            ? { kind: "none" as const }
            : await askCredential(context));
      showSource(
        context,
        await api.updateSource({
          path: { sourceId },
          ifMatch: version ?? 0,
          body: { displayName: name ?? displayName, place, credential },
        }),
      );
    });

  sources
    .command("verify")
    .argument("<source>", "its name or id")
    .description("look into the source again, and show what was found")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const api = await context.api();
      const { sourceId } = await findSource(api, named);
      showSource(context, await api.verifySource({ path: { sourceId } }));
    });

  addCredentialOptions(sources.command("replace-credential"))
    .argument("<source>", "its name or id")
    .description("give the source another token, key or app, which is tried first")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const options = optionsOf(command, sourceOptionsSchema);
      const api = await context.api();
      const { sourceId, displayName, version } = await findSource(api, named);
      const credential =
        (await credentialGiven(context, options)) ?? (await askCredential(context));
      const replaced = await api.updateSource({
        path: { sourceId },
        ifMatch: version ?? 0,
        body: { displayName, credential },
      });
      context.terminal.note("The credential was replaced; runs that are going use the new one.");
      showSource(context, replaced);
    });

  sources
    .command("delete")
    .argument("<source>", "its name or id")
    .option("-y, --yes", "do not ask")
    .description("remove a source with its token or key; it is refused while exports use it")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { yes } = optionsOf(command, z.object({ yes: z.boolean().optional() }));
      const api = await context.api();
      const { sourceId, displayName } = await findSource(api, named);
      if (!(await confirmed(context, `Remove the source “${displayName}”?`, yes))) {
        context.terminal.note("Nothing was removed.");
        return;
      }
      await api.deleteSource({ path: { sourceId } });
      context.show({ deleted: sourceId }, () => `Removed the source “${displayName}”.`);
    });
}

function showSource(context: CommandContext, source: SourceAnswer): void {
  context.show(source, (shown) => describeSource(context.terminal, shown));
}
