import { afterAll } from "@jest/globals";
import { closeSharedSystem, sharedSystem } from "../support/shared-system";
import { describeLostSnapshot } from "./runs/lost-snapshot";
import "./runs/invariants";
import "./runs/mapping";
import "./runs/mirror";
import "./runs/previews";
import "./runs/subscriptions";

// What is deleted instead is played by `npm run test:long`.
describeLostSnapshot("scribble", sharedSystem);

// One system for all: what each part says of it stands in its file.
afterAll(closeSharedSystem);
