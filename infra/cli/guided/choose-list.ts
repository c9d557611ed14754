import type { ListAnswer } from "../api/answers";
import type { Api } from "../api/api";
import { everything } from "../api/every-page";
import { namedList } from "../api/find-by-name";
import { answerOr, type CommandContext } from "../command-context";
import { usageFailure } from "../failure";

export interface ListWishes {
  readonly listId?: string | undefined;
  readonly listName?: string | undefined;
  readonly createList?: boolean | undefined;
}

/** The list's id: as the options say, else as a person chooses. */
export async function chooseList(
  context: CommandContext,
  api: Api,
  connectionId: string,
  { listId, listName, createList }: ListWishes,
): Promise<string> {
  if (listId !== undefined) {
    if (listName !== undefined) {
      throw usageFailure("Give only one of --list-id and --list-name.");
    }
    return listId;
  }
  if (listName !== undefined) {
    return (await namedList(api, connectionId, listName, createList === true)).id;
  }
  return answerOr(context, "--list-id or --list-name", async () => {
    const lists = await everything((query) => api.listKlaviyoLists(connectionId, query));
    return searchOrMake(context, api, connectionId, lists);
  });
}

async function searchOrMake(
  { terminal: { prompts } }: CommandContext,
  api: Api,
  connectionId: string,
  lists: readonly ListAnswer[],
): Promise<string> {
  const chosen = await prompts.search<ListAnswer | "new">({
    message: "Which Klaviyo list? (type to search)",
    source: async (term) => [
      ...lists
        .filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(term.toLowerCase()))
        .map((list) => ({ name: `${list.name} (${list.id})`, value: list })),
      { name: "Make a new list…", value: "new" as const },
    ],
  });
  if (chosen !== "new") {
    return chosen.id;
  }
  const name = await prompts.text({
    message: "Name of the new list:",
    validate: (answer) => answer.trim() !== "" || "it needs a name",
  });
  return (await api.createKlaviyoList(connectionId, name.trim())).id;
}
