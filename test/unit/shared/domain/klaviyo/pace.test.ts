import { expect, it } from "@jest/globals";
import { CLAIM_SECONDS } from "../../../../../functions/middleware/repeatable";
import { functionCatalogue } from "../../../../../infra/constructs/functions/function-catalogue";
import { CLOCKS_APART_SECONDS, defaultPace } from "../../../../../shared/domain/klaviyo/pace";

it.each([
  ["a chunk's lease", defaultPace.leaseSeconds, functionCatalogue.pushChunks.timeoutSeconds],
  ["a request's claim", CLAIM_SECONDS, functionCatalogue.runsApi.timeoutSeconds],
])("%s outlasts its holder also by a clock that is ahead", (_what, seconds, timeoutSeconds) => {
  expect(seconds).toBeGreaterThan(timeoutSeconds + CLOCKS_APART_SECONDS);
});
