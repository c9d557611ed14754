import { expect, it } from "@jest/globals";
import {
  filesOf,
  pinWhole,
  requireSameRefreshes,
} from "../../../../../shared/use-cases/segments/segment-files";
import { segmentsAsSet } from "../../../../../shared/use-cases/segments/segments-as-set";
import { aSegmentFile } from "../../../../support/builders";
import { fakeSegmentSettings } from "../../../../support/fakes/stores/segment-settings";
import { fakeSegmentSource } from "../../../../support/fakes/stores/segment-source";

const columns = ["email", "first_name"];
const source = () => fakeSegmentSource(aSegmentFile(), aSegmentFile({ segment: "vip" }));

it("files carry the names that are given to their segment's columns, and no other segment's", async () => {
  const settings = fakeSegmentSettings({ vip: { columns, version: 2 } });

  const files = filesOf(await pinWhole(segmentsAsSet(source(), settings), ["customers", "vip"]));

  expect(files).toEqual([aSegmentFile(), { ...aSegmentFile({ segment: "vip" }), columns }]);
});

it("whoever has listed the files keeps to the settings of then, and they are still the same files", async () => {
  const settings = fakeSegmentSettings({ vip: { columns, version: 2 } });
  const segments = segmentsAsSet(source(), settings);

  const refreshes = await pinWhole(segments, ["vip"]);
  await settings.put("vip", { columns: ["first_name", "email"], version: 3 }, 2);

  await expect(requireSameRefreshes(segments, refreshes)).resolves.toBeUndefined();
  expect(filesOf(refreshes)[0]?.columns).toEqual(columns);
  expect(filesOf(await pinWhole(segments, ["vip"]))[0]?.columns).toEqual(["first_name", "email"]);
});
