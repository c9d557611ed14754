import { afterAll } from "@jest/globals";
import { describeLostSnapshot } from "../../e2e/runs/lost-snapshot";
import { closeSharedSystem, sharedSystem } from "../../support/shared-system";

describeLostSnapshot("delete", sharedSystem);

afterAll(closeSharedSystem);
