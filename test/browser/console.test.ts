import { afterAll } from "@jest/globals";
import { closeSharedConsoleSystem } from "./support/console";
import { describeScreens } from "./support/screens";
import "./runs";
import "./session";

describeScreens([{ person: "Administrator", theme: "light", language: "en" }]);

// One system and one browser for all: what each part says of the console stands in its file.
afterAll(closeSharedConsoleSystem);
