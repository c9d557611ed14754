import { expect, it } from "@jest/globals";
import { createColors } from "picocolors";
import { harmless } from "../../../../infra/cli/terminal/harmless-terminal";

it.each([
  ["clears the screen", "\u001b[2JList"],
  ["moves the cursor", "\u001b[1A\u001b[2KDone"],
  ["sets the title", "\u001b]0;owned\u0007"],
  ["copies to the clipboard", "\u001b]52;c;ZXZpbA==\u0007"],
  ["hides what follows", "\u001b[8msecret"],
  ["writes over the line", "refused\rsuccessful"],
  ["speaks in eight bits", "\u009b2J"],
  ["turns the writing round", "\u202egpj.exe"],
])("a text that %s does nothing in a terminal, and is seen", (_what, text) => {
  const shown = harmless(text);
  expect(shown).toMatch(/^[\x20-\x7e]+$/);
  expect(shown).toContain("\\u");
});

it("colours and lines of the command line's own stay", () => {
  const { red, bold, dim, cyan, bgRed, reset } = createColors(true);
  const text = `${red("a")}\n${bold(dim("b"))}\t${cyan(bgRed("c"))}${reset("d")}`;
  expect(harmless(text)).toBe(text);
});
