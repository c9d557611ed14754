import type { ListAnswer } from "../api/answers";
import type { Api } from "../api/api";
import { everything } from "../api/everything";
import { listCalled, sameName, type ListChoice, type OfConnection } from "../api/find-by-name";
import { answerOr, type CommandContext } from "../command-context";
import { Failure, usageFailure } from "../failure";
import type { Terminal } from "../terminal/terminal";

export interface ListWishes {
  readonly listId?: string | undefined;
  readonly listName?: string | undefined;
  readonly createList?: boolean | undefined;
}

/** The list as the options say, else as a person chooses. Nothing is made yet: see {@link withList}. */
export async function chooseList(
  context: CommandContext,
  api: Api,
  connection: OfConnection,
  { listId, listName, createList }: ListWishes,
): Promise<ListChoice> {
  if (listId !== undefined) {
    if (listName !== undefined) {
      throw usageFailure("Give only one of --list-id and --list-name.");
    }
    return { kind: "there", id: listId };
  }
  if (listName !== undefined) {
    return listCalled(api, connection, listName, createList === true);
  }
  if (createList === true) {
    throw usageFailure("--create-list takes --list-name: the name of the list that is to be made.");
  }
  return answerOr(context, "--list-id or --list-name", async () => {
    const { connectionId } = connection;
    const lists = await everything(({ query }) =>
      api.listKlaviyoLists({ path: { connectionId }, query }),
    );
    return searchOrName(context, lists);
  });
}

async function searchOrName(
  { terminal: { prompts } }: CommandContext,
  lists: readonly ListAnswer[],
): Promise<ListChoice> {
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
    return { kind: "there", ...chosen };
  }
  const name = await prompts.text({
    message: "Name of the new list:",
    validate: (answer) => {
      if (answer.trim() === "") return "it needs a name";
      const same = lists.find((list) => sameName(list.name, answer));
      return same === undefined || `there is a list “${same.name}” already (${same.id})`;
    },
  });
  return { kind: "new", name: name.trim() };
}

/** An id for the time until the list is made: settings are checked before anything is. */
const NOT_MADE_YET = "new";

/** The id by which settings are checked before the list is made. */
export function idToCheck(list: ListChoice): string {
  return list.kind === "there" ? list.id : NOT_MADE_YET;
}

export function listText(list: ListChoice): string {
  if (list.kind === "new") {
    return `${list.name} (to be made)`;
  }
  return list.name === undefined ? list.id : `${list.name} (${list.id})`;
}

/**
 * Makes the list, if it is to be made, and does what it is for. A list can't be taken back, so what goes wrong
 * afterwards says that it is there now.
 */
export async function withList<Result>(
  { note }: Pick<Terminal, "note">,
  api: Api,
  connectionId: string,
  list: ListChoice,
  use: (listId: string) => Promise<Result>,
): Promise<Result> {
  if (list.kind === "there") {
    return use(list.id);
  }
  const { id, name } = await api.createKlaviyoList({
    path: { connectionId },
    body: { name: list.name },
  });
  note(`Made the list “${name}” (${id}).`);
  try {
    return await use(id);
  } catch (error) {
    throw error instanceof Failure
      ? new Failure({
          ...error.details,
          message: `${error.message}\nThe list “${name}” was made before that, and stays in Klaviyo: go on with --list-id ${id}.`,
        })
      : error;
  }
}
