import { afterAll } from "@jest/globals";
import { describeLostSnapshot } from "../../e2e/runs/lost-snapshot";
import { closeSharedSystem } from "../../support/shared-system";

describeLostSnapshot("delete");

afterAll(closeSharedSystem);
