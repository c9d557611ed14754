import { afterAll } from "@jest/globals";
import { closeSharedSystem } from "../support/shared-system";
import "./runs/invariants";
import "./runs/mapping";
import "./runs/mirror";
import "./runs/previews";
import "./runs/subscriptions";

// One system for all: what each part says of it stands in its file.
afterAll(closeSharedSystem);
