import { describeScreens } from "./support/screens";

describeScreens([{ person: "Administrator", theme: "light", language: "en" }]);
