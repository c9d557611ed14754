import { expect, test } from "@jest/globals";
import { localHelp, readLocalArguments } from "../../../../infra/local/commands/local-options";

test("--help says what there is", () => {
  expect(readLocalArguments(["--help"])).toEqual({ kind: "help" });
  expect(localHelp).toContain("--aws-endpoint URL");
});

test("without options it starts everything, at ports that are free", () => {
  expect(readLocalArguments([])).toEqual({
    ...{ kind: "start", json: false, port: 0, consolePort: 0 },
    ...{ awsEndpoint: undefined, envFile: undefined },
  });
});

test.each([
  [["--jsn"], "Unknown option '--jsn'"],
  [["--port", "many"], "--port takes a number from 0 to 65535, not many."],
  [["--console-port", "70000"], "--console-port takes a number from 0 to 65535, not 70000."],
  [["--aws-endpoint", "localhost"], "--aws-endpoint takes a URL, not localhost."],
])("%j is refused with a sentence that says why", (parameters, message) => {
  expect(readLocalArguments(parameters)).toEqual({
    kind: "wrong",
    message: expect.stringContaining(message),
  });
});
