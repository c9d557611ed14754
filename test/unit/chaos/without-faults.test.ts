import { expect, it } from "@jest/globals";
import { faultlessAfter } from "../../chaos/without-faults";

it.each(["well", "badly"] as const)("leaves no faults on when work ends %s", async (how) => {
  const on = { klaviyo: {}, aws: {} };
  const faulty = {
    klaviyo: { setFaults: (faults: object) => void (on.klaviyo = faults) },
    aws: { set: (faults: object) => void (on.aws = faults) },
  };

  const work = faultlessAfter(faulty, async () => {
    faulty.klaviyo.setFaults({ rules: ["reset"] });
    faulty.aws.set({ rules: ["outage"] });
    if (how === "badly") {
      throw new Error("not all runs have ended");
    }
  });
  await work.catch(() => undefined);

  expect(on).toEqual({ klaviyo: {}, aws: {} });
});
