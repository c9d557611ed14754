import { afterAll } from "@jest/globals";
import { closeSharedConsoleSystem } from "../../browser/support/console";
import { describeScreens } from "../../browser/support/screens";

describeScreens([
  { person: "Administrator", theme: "light", language: "en" },
  { person: "Administrator", theme: "dark", language: "de" },
  { person: "Contributor", theme: "dark", language: "de" },
  { person: "Contributor", theme: "light", language: "en" },
  { person: "Viewer", theme: "light", language: "de" },
  { person: "Viewer", theme: "dark", language: "en" },
]);

afterAll(closeSharedConsoleSystem);
