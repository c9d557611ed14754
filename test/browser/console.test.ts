import { afterAll } from "@jest/globals";
import { closeSharedConsoleSystem } from "./support/console";
import { describeScreens, mainScreens } from "./support/screens";
import "./runs";
import "./session";

// All of them are judged by `npm run test:long`.
describeScreens([{ person: "Administrator", theme: "light", language: "en" }], mainScreens);

// One system and one browser for all: what each part says of the console stands in its file.
afterAll(closeSharedConsoleSystem);
