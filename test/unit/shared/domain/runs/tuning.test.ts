import { expect, it } from "@jest/globals";
import { CLAIM_SECONDS } from "../../../../../functions/middleware/repeatable";
import { functionDefinitions } from "../../../../../functions/definitions";
import { timeoutSeconds } from "../../../../../shared/config/function-definition";
import { CLOCKS_APART_SECONDS, defaultTuning } from "../../../../../shared/domain/runs/tuning";

it.each([
  ["a chunk's lease", defaultTuning.leaseSeconds, timeoutSeconds(functionDefinitions.pushChunks)],
  ["a request's claim", CLAIM_SECONDS, timeoutSeconds(functionDefinitions.runsApi)],
])("%s outlasts its holder also by a clock that is ahead", (_what, seconds, timeoutSeconds) => {
  expect(seconds).toBeGreaterThan(timeoutSeconds + CLOCKS_APART_SECONDS);
});
