import { afterAll } from "@jest/globals";
import { describeManyDue, describeTwoWeeks } from "../../e2e/schedules/due-exports";
import { closeSharedScheduledSystem } from "../../support/scheduled-system";

describeTwoWeeks("ends", "2026-10-19T00:00:00Z", "2026-11-02T00:00:00Z");
// Many batches of messages, and more than one page of exports.
describeManyDue(120);

afterAll(closeSharedScheduledSystem);
