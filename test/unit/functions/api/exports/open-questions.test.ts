import { expect, it } from "@jest/globals";
import { anApi, anExportBody } from "../../../../support/api";
import { anExport, aSegmentFile } from "../../../../support/builders";
import { fakeSegmentDescriptions } from "../../../../support/fakes/stores/segment-source";

const mapping = {
  email: "Email",
  properties: { Points: { field: "Points", type: "number" } },
} as const;
const ofCustomers = { segments: ["customers"] };
const question = {
  ...{ segment: "customers", field: "Points", attribute: "properties.Points" },
  ...{ setting: "decimal", choices: [".", ","] },
};

/** Descriptions in which the segment's points have been found to be readable in two ways. */
async function described() {
  const descriptions = fakeSegmentDescriptions();
  const summary = {
    name: "customers",
    source: "bucket",
    files: 1,
    bytes: 1,
    refreshedAt: "2026-11-02T08:00:00.000Z",
  };
  await descriptions.put(
    [aSegmentFile()],
    undefined,
    {
      ...{ ...summary, rows: 1, warnings: [] },
      fields: [{ name: "Points", type: "number", reading: { unclear: ["decimal"] } }],
    },
    new Date(),
  );
  return descriptions;
}

const create = (body: object) =>
  ({
    method: "POST",
    path: "/exports",
    role: "Contributor",
    body: { ...anExportBody, ...ofCustomers, ...body },
  }) as const;
const change = (body: object) =>
  ({
    method: "PUT",
    path: "/exports/export-1",
    role: "Contributor",
    body: { ...anExportBody, ...ofCustomers, ...body },
  }) as const;
const show = { method: "GET", path: "/exports/export-1", role: "Viewer" } as const;

it("an export that is made, changed or shown says which of its values can be read in two ways", async () => {
  const api = anApi({
    exports: [anExport({ mapping })],
    stores: { descriptions: await described() },
  });
  for (const request of [create({ mapping }), change({ mapping }), show]) {
    expect((await api.request(request)).body).toMatchObject({
      unclear: [question],
      undescribed: [],
    });
  }
  const said = {
    ...mapping,
    properties: { Points: { ...mapping.properties.Points, decimal: "," } },
  };
  expect((await api.request(change({ mapping: said }))).body).toMatchObject({
    ...{ unclear: [], undescribed: [] },
  });
});

it("of a segment that nobody has described it says that nothing is known, unless there is nothing to know", async () => {
  const api = anApi({ exports: [anExport({ mapping })] });
  expect((await api.request(create({ mapping }))).body).toMatchObject({
    ...{ unclear: [], undescribed: ["customers"] },
  });
  expect((await api.request(create({ mapping: { email: "Email" } }))).body).toMatchObject({
    ...{ unclear: [], undescribed: [] },
  });
});

it("an export is shown though nothing can be looked up, and lists don't look", async () => {
  const descriptions = {
    ...fakeSegmentDescriptions(),
    readings: async () => {
      throw new Error("away");
    },
  };
  const api = anApi({ exports: [anExport({ mapping })], stores: { descriptions } });
  const { status, body } = await api.request(show);
  expect({ status, ...body }).toMatchObject({ status: 200, undescribed: ["customers"] });
  const list = await api.request({ method: "GET", path: "/exports", role: "Viewer" });
  expect(list.body.items[0]).not.toHaveProperty("unclear");
});

it("an export says which of its segments are larger than the connection allows", async () => {
  const descriptions = fakeSegmentDescriptions();
  const sizes = { source: "bucket", files: 1, bytes: 1, refreshedAt: "2026-11-02T08:00:00.000Z" };
  for (const [name, members] of Object.entries({ customers: 100_001, vip: 100_000 })) {
    const found = { ...sizes, name, members, rows: members, fields: [], warnings: [] };
    await descriptions.put(
      [aSegmentFile({ segment: name, name: `${name}.csv` })],
      "Email",
      found,
      new Date(),
    );
  }
  const api = anApi({ stores: { descriptions } });

  const { body } = await api.request(create({ segments: ["customers", "vip"] }));

  expect(body.overLimit).toEqual([{ segment: "customers", members: 100_001 }]);
});
