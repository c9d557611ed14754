import { afterAll } from "@jest/globals";
import { closeSharedScheduledSystem } from "../support/scheduled-system";
// First: it looks at a system in which there is nothing yet.
import "./schedules/idle-watch";
// Then: it looks at every mail and every event that there has been.
import "./schedules/notifications";
import "./schedules/refreshes";
import { describeManyDue, describeTwoWeeks } from "./schedules/due-exports";

describeTwoWeeks("begins", "2026-03-23T00:00:00Z", "2026-04-06T00:00:00Z");
describeManyDue(12);

// One system for all: what each part says of it stands in its file.
afterAll(closeSharedScheduledSystem);
