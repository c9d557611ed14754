import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Api } from "../../../../../infra/cli/api/api";
import { createConnection } from "../../../../../infra/cli/guided/create-connection";
import type { CommandContext } from "../../../../../infra/cli/command-context";
import { readCompletedNames } from "../../../../../infra/cli/commands/completion/completed-names";
import { Failure } from "../../../../../infra/cli/failure";
import { buildProgram } from "../../../../../infra/cli/program";
import { processTerminal } from "../../../../../infra/cli/terminal/terminal";

describe("what a word can be completed with", () => {
  const program = buildProgram(processTerminal({ color: false }), () => undefined, "");
  let asked: string[];
  beforeEach(() => void (asked = []));
  const list = (kind: string, item: object) => async () => {
    asked.push(kind);
    return { items: [item] };
  };
  const open = async (): Promise<Api> =>
    ({
      listExports: list("exports", { displayName: "Winter sale" }),
      listConnections: list("connections", { displayName: "Shop" }),
      listSegments: list("segments", { name: "customers" }),
      listSources: list("sources", { sourceId: "insights" }),
    }) as unknown as Api;

  test.each([
    [["exports", "get", ""], ["exports"]],
    [["runs", "watch", "W"], ["exports"]],
    [["connections", "test", ""], ["connections"]],
    [["segments", "describe", ""], ["segments"]],
    [["exports", "create", "--segment", ""], ["segments"]],
    [["sources", "verify", ""], ["sources"]],
    [["segments", "list", "--source", "i"], ["sources"]],
    [["exports", "create", "--connection", "S"], ["connections"]],
    [
      ["audit", "list", "--target", ""],
      ["exports", "connections"],
    ],
    [["exports", "get", "--"], []],
    [["exports", ""], []],
  ])("%j asks the API for no more than it takes: %j", async (words, kinds) => {
    const names = await readCompletedNames(open, program, words);
    expect(asked).toEqual(kinds);
    expect(names.export).toEqual(kinds.includes("exports") ? ["Winter sale"] : []);
  });

  test("nothing where the API can't be asked", async () => {
    const refused = async (): Promise<Api> => Promise.reject(new Error("no session"));
    expect(await readCompletedNames(refused, program, ["exports", "get", ""])).toEqual({
      ...{ export: [], connection: [], segment: [], source: [] },
    });
  });
});

describe("making a connection at a terminal", () => {
  const questions: string[] = [];
  afterEach(() => void questions.splice(0));
  const context = (makes: () => Promise<unknown>, role = "Administrator"): CommandContext =>
    ({
      session: async () => ({
        token: async () =>
          `e30.${Buffer.from(JSON.stringify({ "cognito:groups": [role] })).toString("base64url")}.x`,
      }),
      api: async () => ({
        listConnections: async () => ({ items: [{ connectionId: "c1", displayName: "Shop" }] }),
        createConnection: makes,
      }),
      terminal: { interactive: true, note: () => undefined, prompts: {} },
    }) as unknown as CommandContext;
  const wishes = (name: string) => ({
    ...{ name, agree: true, keyAsked: true },
    readKey: async () => {
      questions.push("key");
      return { apiKey: "pk_x" };
    },
  });

  test("a name that is taken is refused before a key is asked for", async () => {
    await expect(
      createConnection(
        context(async () => ({})),
        wishes("Shop"),
      ),
    ).rejects.toThrow("is that of another connection");
    expect(questions).toEqual([]);
  });

  test("a key that Klaviyo refuses is asked for again", async () => {
    let left = 2;
    const made = await createConnection(
      context(async () => {
        left -= 1;
        if (left > 0) {
          throw new Failure({ code: "keyRefused", message: "no", exit: "invalid" });
        }
        return { displayName: "New" };
      }),
      wishes("New"),
    );
    expect(made).toEqual({ displayName: "New" });
    expect(questions).toEqual(["key", "key"]);
  });

  test("a contributor is asked for nothing, and told who makes connections", async () => {
    await expect(
      createConnection(
        context(async () => ({}), "Contributor"),
        wishes("New"),
      ),
    ).rejects.toThrow("Only administrators connect Klaviyo accounts");
    expect(questions).toEqual([]);
  });
});
