import { expect, test } from "@jest/globals";
import { readDemoArguments } from "../../../../infra/local/demo/demo-options";

test.each([
  [["--profiles", "many"], "--profiles takes a whole number"],
  [["--profils", "10"], "Unknown option '--profils'"],
])("%j is refused with a sentence that says why", (parameters, message) => {
  expect(readDemoArguments(parameters)).toEqual({
    kind: "wrong",
    message: expect.stringContaining(message),
  });
});
