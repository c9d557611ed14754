import { afterAll } from "@jest/globals";
import { closeSharedSystem } from "../support/shared-system";
import "./use/api-clients";
import "./use/bad-input";
import "./use/connections";
import "./use/explanations";

// One system for all: what each part says of it stands in its file.
afterAll(closeSharedSystem);
