import { describe, expect, it } from "@jest/globals";
import { localText } from "../../../../infra/local/commands/local-text";

const system = {
  console: "http://127.0.0.1:5",
  ...{ api: "http://127.0.0.1:1", control: "http://127.0.0.1:2", segments: "http://127.0.0.1:3/s" },
  klaviyo: { url: "http://127.0.0.1:4", apiKey: "pk_key", listId: "LiSt01" },
  tokens: { administrator: "token-a", contributor: "token-c", viewer: "token-v" },
};

describe("what npm run local tells", () => {
  it("is eleven lines without a key or a token, where a file holds them", () => {
    const text = localText(system, "my own.env");
    expect(text.split("\n")).toHaveLength(11);
    expect(text).not.toMatch(/token-|pk_key/);
    expect(text).toContain('. "./my own.env"');
  });

  it("begins with the console's address, and leaves that out where there is no console", () => {
    expect(localText(system, undefined).split("\n")[0]).toBe(
      "The console:        http://127.0.0.1:5",
    );
    expect(localText({ ...system, console: null }, undefined)).not.toContain("console:");
  });

  it("holds the tokens where nothing else does, and none of them on a command line", () => {
    const lines = localText(system, undefined).split("\n");
    for (const token of Object.values(system.tokens)) {
      expect(lines.filter((line) => line.includes(token))).toEqual([token]);
    }
    expect(lines.join("\n")).not.toContain("--token");
  });
});
