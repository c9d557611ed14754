import { describe, expect, it } from "@jest/globals";
import { localText } from "../../../../infra/local/commands/local-text";

const system = {
  ...{ api: "http://127.0.0.1:1", control: "http://127.0.0.1:2", segments: "http://127.0.0.1:3/s" },
  klaviyo: { url: "http://127.0.0.1:4", apiKey: "pk_key", listId: "LiSt01" },
  tokens: { administrator: "token-a", contributor: "token-c", viewer: "token-v" },
};

describe("what npm run local tells", () => {
  it("is ten lines without a key or a token, where a file holds them", () => {
    const text = localText(system, "my own.env");
    expect(text.split("\n")).toHaveLength(10);
    expect(text).not.toMatch(/token-|pk_key/);
    expect(text).toContain('. "./my own.env"');
  });

  it("holds the tokens where nothing else does, and none of them on a command line", () => {
    const lines = localText(system, undefined).split("\n");
    for (const token of Object.values(system.tokens)) {
      expect(lines.filter((line) => line.includes(token))).toEqual([token]);
    }
    expect(lines.join("\n")).not.toContain("--token");
  });
});
