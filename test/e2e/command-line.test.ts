import { afterAll } from "@jest/globals";
import { closeSharedSystem } from "../support/shared-system";
import "./use/cli";
import "./use/cli-apply";

// A system apart from the other parts': what the lists show is all that these tests have made.
afterAll(closeSharedSystem);
