import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "@jest/globals";
import axios from "axios";
import { sharedSystem } from "../../support/shared-system";
import { type RunAnswer, type System } from "../../support/system";

/** Mapped profiles on the whole system, as they come to be at Klaviyo. */
describe("an export that maps more than the email", () => {
  let system: System;
  let connectionId: string;

  beforeAll(async () => {
    system = await sharedSystem();
    connectionId = await system.createConnection();
  });

  const newList = (): string => {
    const { klaviyo } = system.laptop;
    return klaviyo.createList(klaviyo.first.accountId, { name: "A list" }).id;
  };
  /** The profile's attributes as Klaviyo's API shows them. */
  async function profileOf(email: string): Promise<Record<string, unknown>> {
    const { klaviyo } = system.laptop;
    const { data } = await axios.get(`${klaviyo.url}/api/profiles`, {
      params: { filter: `equals(email,"${email}")` },
      headers: {
        authorization: `Klaviyo-API-Key ${klaviyo.first.apiKey}`,
        revision: "2026-07-15",
      },
    });
    return data.data[0].attributes;
  }
  const droppedOf = (run: RunAnswer): unknown[] =>
    run.warnings.map(({ code, params }) => [code, params["attribute"], params["count"]]);

  const everything = {
    email: "email",
    phone_number: { field: "phone", defaultCountry: "DE" },
    external_id: "id",
    first_name: "first",
    last_name: "last",
    organization: "company",
    title: "job",
    locale: "locale",
    image: "image",
    location: {
      address1: "street",
      address2: "floor",
      city: "city",
      country: "country",
      region: "region",
      zip: "zip",
      latitude: "lat",
      longitude: "lon",
      timezone: "zone",
      ip: "ip",
    },
    properties: {
      Points: "points",
      VIP: "vip",
      Tags: "tags",
      Home: "home",
      Since: { field: "since", type: "date", empty: "clear" },
      Tier: { field: "tier", empty: "clear" },
    },
  };
  const ann = {
    email: "ann@fields.example.org",
    phone: "0171 1234567",
    id: 12_345,
    first: "Zoë 🎉",
    last: 'O\'Neil "Ann"',
    company: "東京",
    job: "Dr",
    locale: "de_de",
    image: "https://x.io/a.png",
    street: "Weg 1",
    floor: "2",
    city: "Köln",
    country: "Germany",
    region: "NRW",
    zip: "01234",
    lat: 50.9,
    lon: "6.95",
    zone: "Europe/Berlin",
    ip: "127.0.0.1",
    points: 12.5,
    vip: true,
    tags: ["a", 1],
    home: { rooms: [{ m2: 12 }] },
    since: "2024-01-31 10:00",
    tier: "Gold",
  };
  const annAtKlaviyo = {
    email: ann.email,
    phone_number: "+491711234567",
    external_id: "12345",
    first_name: ann.first,
    last_name: ann.last,
    organization: ann.company,
    title: "Dr",
    locale: "de-DE",
    image: ann.image,
    location: {
      address1: "Weg 1",
      address2: "2",
      city: "Köln",
      country: "Germany",
      region: "NRW",
      zip: "01234",
      latitude: 50.9,
      longitude: 6.95,
      timezone: "Europe/Berlin",
      ip: "127.0.0.1",
    },
    properties: {
      Points: 12.5,
      VIP: true,
      Tags: ["a", 1],
      Home: { rooms: [{ m2: 12 }] },
      Since: "2024-01-31T10:00:00",
      Tier: "Gold",
    },
  };

  it("brings every field to Klaviyo, later only what changed, and names what is too large", async () => {
    const listId = newList();
    const lines = (...records: object[]): string =>
      records.map((record) => `${JSON.stringify(record)}\n`).join("");
    const bob = { email: "bob@fields.example.org", phone: "call me", lat: 91, first: "Bob" };
    const huge = { email: "huge@fields.example.org", first: "東".repeat(40_000) };
    await system.putSegment("fields", {
      "a.ndjson": lines(ann, bob, huge, { ...bob, first: "Bobby", city: "Bonn" }),
    });
    const exportId = await system.createExport(connectionId, {
      listId,
      segments: ["fields"],
      mapping: everything,
    });

    const first = await system.run(exportId);
    expect(first.status).toBe("completedWithWarnings");
    expect(first.numbers).toMatchObject({
      rows: 4,
      duplicates: 1,
      members: 3,
      imported: 2,
      refused: 1,
    });
    expect(droppedOf(first)).toEqual([
      ["valuesDropped", "phone_number", 1],
      ["valuesDropped", "location.latitude", 1],
    ]);
    expect(await profileOf(ann.email)).toMatchObject(annAtKlaviyo);
    expect(await profileOf(bob.email)).toMatchObject({
      first_name: "Bob",
      phone_number: null,
      location: {},
      properties: {},
    });
    expect(system.members(listId)).toEqual([ann.email, bob.email]);
    expect(await system.rejections(first)).toMatchObject([
      { row: "3", email: huge.email, refusedBy: "export", code: "profileTooLarge" },
      { row: "4", email: bob.email, code: "emailDuplicate" },
    ]);

    // What is empty now: a standard field, a property that is left alone, and one that is cleared.
    await system.putSegment("fields", {
      "a.ndjson": lines({ ...ann, job: "", points: null, tier: "", city: "Bonn" }, bob, {
        ...huge,
        first: "Hugo",
      }),
    });
    const second = await system.run(exportId);

    expect(second.status).toBe("successful");
    expect(second.numbers).toMatchObject({ members: 3, unchanged: 1, imported: 2 });
    const { Tier: _, ...properties } = annAtKlaviyo.properties;
    const after = await profileOf(ann.email);
    expect(after).toMatchObject({
      ...annAtKlaviyo,
      location: { ...annAtKlaviyo.location, city: "Bonn" },
      properties,
    });
    expect(after["properties"]).toEqual(properties);
    expect(await profileOf(huge.email)).toMatchObject({ first_name: "Hugo" });
    const secrets = [ann.first, "+49171", "Köln", "fields.example"];
    expect(
      system.logLines().filter((line) => secrets.some((secret) => line.includes(secret))),
    ).toEqual([]);
  });

  it("does with the example of docs/segments/mapping.md what that page says", async () => {
    const page = readFileSync("docs/segments/mapping.md", "utf8");
    const [csv = "", mapping = "", profiles = ""] = [
      ...page.matchAll(/```(?:csv|json)\n(.*?)```/gs),
    ].map(([, block]) => block!);
    await system.putSegment("example", { "a.csv": csv });
    const exportId = await system.createExport(connectionId, {
      listId: newList(),
      segments: ["example"],
      mapping: JSON.parse(mapping),
    });

    const run = await system.run(exportId, "full");

    expect(droppedOf(run)).toEqual([
      ["valuesDropped", "phone_number", 1],
      ["valuesDropped", "properties.Points", 1],
    ]);
    for (const { attributes } of JSON.parse(profiles)) {
      expect(await profileOf(attributes.email)).toMatchObject(attributes);
    }
  });

  it("keeps its mapping when it is changed, copied and looked up in the audit log", async () => {
    const mapping = { email: "Email", properties: { Tier: { field: "Tier", empty: "clear" } } };
    await system.putSegment("kept", { "a.csv": "Email,Tier,Level\na@kept.example.org,Gold,1\n" });
    const listId = newList();
    const exportId = await system.createExport(connectionId, {
      listId,
      segments: ["kept"],
      mapping,
    });
    await system.run(exportId);
    const { body: before } = await system.call<Record<string, unknown>>(
      "GET",
      `/exports/${exportId}`,
    );

    const copyId = await system.createExport(connectionId, {
      listId: newList(),
      segments: ["kept"],
      mapping: before["mapping"],
    });
    const { body: copy } = await system.call<Record<string, unknown>>("GET", `/exports/${copyId}`);
    const changed = { email: "Email", properties: { Tier: "Level" } };
    const put = await system.call<Record<string, unknown>>("PUT", `/exports/${exportId}`, {
      body: {
        displayName: before["displayName"],
        connectionId,
        listId,
        segments: ["kept"],
        mapping: changed,
        version: before["version"],
      },
    });
    const again = await system.run(exportId);
    const { body: audit } = await system.call<{ items: { before?: object; after?: object }[] }>(
      "GET",
      `/audit?target=${exportId}&action=updateExport`,
    );

    expect([before["mapping"], copy["mapping"]]).toEqual([mapping, mapping]);
    expect([put.status, put.body["mapping"]]).toEqual([200, changed]);
    expect(again.numbers).toMatchObject({ members: 1, unchanged: 0, imported: 1 });
    expect(await profileOf("a@kept.example.org")).toMatchObject({ properties: { Tier: "1" } });
    expect(audit.items).toMatchObject([{ before: { mapping }, after: { mapping: changed } }]);
  });

  it("has everybody on the list whom Klaviyo does not refuse, though it names one fault an answer, or nobody", async () => {
    const listId = newList();
    const { klaviyo } = system.laptop;
    const email = (index: number): string => `r${index}@refused.example.org`;
    const some = (from: number, count: number): string[] =>
      Array.from({ length: count }, (_, index) => email(from + index));
    const phones = Array.from({ length: 60 }, (_, index) => `017112345${10 + index}`);
    await system.putSegment("refused", {
      "a.csv": ["email,phone", ...phones.map((phone, index) => `${email(index)},${phone}`)].join(
        "\n",
      ),
    });
    const exportId = await system.createExport(connectionId, {
      listId,
      segments: ["refused"],
      mapping: { email: "email", phone_number: { field: "phone", defaultCountry: "DE" } },
    });
    const value = { kind: "refuseValue", attribute: "phone_number" } as const;
    klaviyo.setFaults({
      mostErrors: 1,
      rules: [
        { kind: "refuseProfile", emails: some(0, 5) },
        { kind: "refuseProfile", emails: some(30, 1), pointer: "job" },
        { ...value, emails: some(10, 4) },
        { ...value, emails: some(20, 3), how: "header" },
      ],
    });
    try {
      const run = await system.run(exportId);

      expect(run.numbers).toMatchObject({ members: 60, imported: 54, refused: 6, unsent: 0 });
      const refused = [...some(0, 5), email(30)];
      expect(system.members(listId)).toEqual(
        some(0, 60)
          .filter((one) => !refused.includes(one))
          .sort(),
      );
      expect(run.warnings.map(({ code, params }) => [code, params])).toMatchObject([
        [
          "valuesDropped",
          { count: 4, attribute: "phone_number", field: "phone", reason: "refusedByKlaviyo" },
        ],
        ["valuesIgnored", { attribute: "phone_number", field: "phone" }],
      ]);
      expect((await system.rejections(run)).map((row) => row["email"]).sort()).toEqual(
        refused.sort(),
      );
      const links = await system.call<{ droppedValues: string }>("GET", run.links.rejections ?? "");
      const lines = (await axios.get<string>(links.body.droppedValues)).data.trim().split("\r\n");
      expect(lines.slice(1).map((line) => line.split(",")[3])).toEqual(
        some(10, 4).map((one) => `"${one}"`),
      );
      // Whom Klaviyo took without a value is not sent again while the value stays what it is.
      klaviyo.setFaults({});
      const next = await system.run(exportId);
      expect(next.numbers).toMatchObject({ unchanged: 54, imported: 6 });
    } finally {
      klaviyo.setFaults({});
    }
  });
});
