import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { FieldMapping } from "../../../../shared/domain/exports/field-mapping";
import { MAX_PROPERTIES } from "../../../../shared/domain/exports/field-schemas";
import { parquetOf } from "../reading/parquet-of";
import { createWorkbench, type Workbench } from "../workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

async function sent(mapping: FieldMapping) {
  const run = await bench.prepare({ mapping });
  const profiles = await bench.profiles(run.chunks);
  return { ...run, profiles, attributes: profiles.map(({ attributes }) => attributes) };
}

const typed: FieldMapping = {
  email: "email",
  external_id: "id",
  location: { latitude: "lat" },
  properties: {
    points: "points",
    vip: "vip",
    tags: "tags",
    home: "home",
    since: { field: "since", type: "date" },
    note: "note",
  },
};

describe("profiles of a CSV file", () => {
  it("are its text, converted where the mapping says so", async () => {
    await bench.put(
      "m.csv",
      "\ufeffEmail;Vorname;Telefon;Punkte;Tags;Leer\r\n" +
        'a@x.io;"Zo""ë; die\r\nErste";0171 1234567;12;"a;b";\r\n' +
        "b@x.io; ;;;;x\r\n" +
        "c@x.io\r\n",
    );

    const { attributes } = await sent({
      email: "Email",
      first_name: "vorname",
      phone_number: { field: "Telefon", defaultCountry: "DE" },
      properties: {
        points: { field: "Punkte", type: "number" },
        raw: "Punkte",
        tags: { field: "Tags", type: "list", separator: ";" },
      },
    });

    expect(attributes).toEqual([
      {
        email: "a@x.io",
        phone_number: "+491711234567",
        first_name: 'Zo"ë; die\r\nErste',
        properties: { points: 12, raw: "12", tags: ["a", "b"] },
      },
      { email: "b@x.io" },
      { email: "c@x.io" },
    ]);
  });

  it("are read in the file's own encoding", async () => {
    await bench.put("m.csv", Buffer.from("Email,Name\na@x.io,Zo\xeb\n", "latin1"));
    expect((await sent({ email: "Email", first_name: "Name" })).attributes).toEqual([
      { email: "a@x.io", first_name: "Zoë" },
    ]);
    await bench.put("m.csv", Buffer.from("\ufeffEmail\tName\na@x.io\t東京\n", "utf16le"));
    expect((await sent({ email: "Email", first_name: "Name" })).attributes).toEqual([
      { email: "a@x.io", first_name: "東京" },
    ]);
  });
});

describe("profiles of a typed source keep their types", () => {
  it("from NDJSON, with long ids whole and absent fields empty", async () => {
    await bench.put(
      "m.ndjson",
      '{"email":"a@x.io","id":12345678901234567890,"lat":52.5,"points":7,"vip":false,' +
        '"tags":["x",1],"home":{"rooms":[{"m2":12.5}]},"since":"2024-01-31","note":"Zoë 🎉"}\n' +
        '{"email":"b@x.io","points":null,"note":12345678901234567890}\n',
    );

    expect((await sent(typed)).attributes).toEqual([
      {
        email: "a@x.io",
        external_id: "12345678901234567890",
        location: { latitude: 52.5 },
        properties: {
          points: 7,
          vip: false,
          tags: ["x", 1],
          home: { rooms: [{ m2: 12.5 }] },
          since: "2024-01-31",
          note: "Zoë 🎉",
        },
      },
      { email: "b@x.io", properties: { note: "12345678901234567890" } },
    ]);
  });

  it("from Parquet, whatever the column is", async () => {
    await bench.put(
      "m.parquet",
      await parquetOf(
        `SELECT * FROM (VALUES
          ('a@x.io', 12345678901234567::BIGINT, 52.5::DECIMAL(6,2), 7::TINYINT, true, ['x', NULL],
            {'rooms': [{'m2': 12.5::DOUBLE}]}, DATE '2024-01-31', 'Zoë' || chr(10) || '"🎉" \\,;'),
          ('b@x.io', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
        ) AS rows(email, id, lat, points, vip, tags, home, since, note)`,
      ),
    );

    expect((await sent(typed)).attributes).toEqual([
      {
        email: "a@x.io",
        external_id: "12345678901234567",
        location: { latitude: 52.5 },
        properties: {
          points: 7,
          vip: true,
          tags: ["x", null],
          home: { rooms: [{ m2: 12.5 }] },
          since: "2024-01-31",
          note: 'Zoë\n"🎉" \\,;',
        },
      },
      { email: "b@x.io" },
    ]);
  });

  it("from NDJSON and Parquet, with the digits of numbers that a double does not keep", async () => {
    const mapping: FieldMapping = {
      email: "email",
      properties: {
        whole: "whole",
        exact: "exact",
        short: "short",
        nested: "nested",
        asNumber: { field: "exact", type: "number" },
        asText: { field: "exact", type: "text" },
      },
    };
    const properties = {
      whole: "12345678901234567890123",
      exact: "12345678901234567.12345678901234567890",
      short: 1.5,
      nested: { shares: [0.25, "0.1234567890123456789"] },
      asText: "12345678901234567.12345678901234567890",
    };
    await bench.put(
      "m.parquet",
      await parquetOf(
        `SELECT 'a@x.io' AS email, '12345678901234567890123'::DECIMAL(38,0) AS whole,
          '12345678901234567.12345678901234567890'::DECIMAL(38,20) AS exact,
          1.5::DECIMAL(38,20) AS short,
          {'shares': [0.25::DECIMAL(38,19), '0.1234567890123456789'::DECIMAL(38,19)]} AS nested`,
      ),
    );
    expect((await sent(mapping)).attributes).toEqual([{ email: "a@x.io", properties }]);

    await bench.clear();
    await bench.put(
      "m.ndjson",
      '{"email":"a@x.io","whole":12345678901234567890123,"short":1.5000000000000000000000,' +
        '"exact":12345678901234567.12345678901234567890,' +
        '"nested":{"shares":[0.25,0.1234567890123456789]}}\n',
    );
    expect((await sent(mapping)).attributes).toEqual([{ email: "a@x.io", properties }]);
  });

  it("from Parquet with numbers that JSON has not: they count as empty, and the rest stays", async () => {
    await bench.put(
      "m.parquet",
      await parquetOf(
        `SELECT 'a@x.io' AS email, 'nan'::DOUBLE AS bad, map {'k': 1} AS pairs,
          TIMESTAMP '2024-01-31 10:00:00' AS seen, 18446744073709551615::UBIGINT AS huge,
          12.30::DECIMAL(18,3) AS price`,
      ),
    );

    const { attributes } = await sent({
      email: "email",
      properties: {
        bad: "bad",
        pairs: "pairs",
        seen: { field: "seen", type: "date" },
        huge: "huge",
        price: "price",
      },
    });

    expect(attributes).toEqual([
      {
        email: "a@x.io",
        properties: {
          pairs: { k: 1 },
          seen: "2024-01-31T10:00:00",
          huge: "18446744073709551615",
          price: 12.3,
        },
      },
    ]);
  });
});

describe("the first row of an email", () => {
  it("is the whole profile; the others add nothing to it", async () => {
    await bench.put("1.csv", "Email,First,City\nA@x.io,Ann,\na@x.io,Anna,Bonn\n");
    await bench.put("2.ndjson", '{"Email":"a@X.io","First":"Anne","City":"Kiel"}\n');

    const { attributes, numbers } = await sent({
      email: "Email",
      first_name: "First",
      location: { city: "City" },
    });

    expect(attributes).toEqual([{ email: "a@x.io", first_name: "Ann" }]);
    expect(numbers).toMatchObject({ rows: 3, members: 1, duplicates: 2 });
  });
});

describe("an empty cell", () => {
  it("leaves what Klaviyo has, or unsets the property where the mapping says clear", async () => {
    await bench.put("m.csv", "Email,Tier,Points\na@x.io,,\nb@x.io,Gold,1\n");

    const { profiles } = await sent({
      email: "Email",
      properties: { Tier: { field: "Tier", empty: "clear" }, Points: "Points" },
    });

    expect(profiles).toEqual([
      {
        type: "profile",
        attributes: { email: "a@x.io" },
        meta: { patch_properties: { unset: ["Tier"] } },
      },
      {
        type: "profile",
        attributes: { email: "b@x.io", properties: { Tier: "Gold", Points: "1" } },
      },
    ]);
  });
});

describe("values that are unfit", () => {
  it("are left out and counted, one warning for each field and reason; no profile is", async () => {
    await bench.put(
      "m.csv",
      "Email,Phone,Lang,Points\n" +
        "a@x.io,12,en-US,1\nb@x.io,unknown,x,2\nc@x.io,,,three\nd@x.io,+49 171 1234567,,4\n" +
        "a@x.io,bad,bad,bad\nnobody,bad,bad,bad\n",
    );

    const { attributes, warnings, numbers } = await sent({
      email: "Email",
      phone_number: "Phone",
      locale: "Lang",
      properties: { points: { field: "Points", type: "number" } },
    });

    expect(numbers).toMatchObject({ members: 4 });
    expect(attributes).toEqual([
      { email: "a@x.io", locale: "en-US", properties: { points: 1 } },
      { email: "b@x.io", properties: { points: 2 } },
      { email: "c@x.io" },
      { email: "d@x.io", phone_number: "+491711234567", properties: { points: 4 } },
    ]);
    expect(warnings.map(({ code, params }) => [code, params])).toMatchObject([
      [
        "valuesDropped",
        { count: 2, attribute: "phone_number", field: "Phone", reason: "notPhone" },
      ],
      ["valuesDropped", { count: 1, attribute: "locale", field: "Lang", reason: "notLocale" }],
      ["valuesDropped", { count: 1, attribute: "properties.points", reason: "notType" }],
    ]);
    expect(JSON.stringify(warnings)).not.toContain("@");
  });
});

describe("fields that the segment lacks", () => {
  const mapping: FieldMapping = {
    email: "Email",
    title: "Job",
    properties: { a: "Name", b: "Level" },
  };

  it.each([
    ["a CSV file", "m.csv", "Email,Name\na@x.io,Ann\n"],
    ["records", "m.ndjson", '{"Email":"a@x.io","Name":"Ann"}\n'],
  ])("are all named: %s", async (_what, name, content) => {
    await bench.put(name, content);
    await expect(bench.prepare({ mapping })).rejects.toMatchObject({
      problem: { code: "fieldMissing", params: { file: name, field: "Job”, “Level" } },
    });
    expect(await bench.leftovers()).toEqual([]);
  });

  it("are all named: a Parquet file", async () => {
    await bench.put("m.parquet", await parquetOf("SELECT 'a@x.io' AS Email, 'x' AS Name"));
    await expect(bench.prepare({ mapping })).rejects.toMatchObject({
      problem: { code: "fieldMissing", params: { field: "Job”, “Level" } },
    });
  });

  it("may be absent from records of one file, if another file of the segment has them", async () => {
    await bench.put("1.ndjson", '{"Email":"a@x.io","Name":"Ann"}\n');
    await bench.put("2.ndjson", '{"Email":"b@x.io","Job":"CEO","Level":1}\n');

    expect((await sent(mapping)).attributes).toEqual([
      { email: "a@x.io", properties: { a: "Ann" } },
      { email: "b@x.io", title: "CEO", properties: { b: 1 } },
    ]);
  });
});

describe("what was confirmed before", () => {
  it("is sent again when any mapped value changed, and only then", async () => {
    const mapping: FieldMapping = { email: "Email", first_name: "First", properties: { p: "P" } };
    await bench.put(
      "m.csv",
      "Email,First,P,Other\na@x.io,Ann,1,x\nb@x.io,Bob,1,x\nc@x.io,Cy,1,x\n",
    );
    const first = await bench.prepare({ mapping });
    const { snapshotKey } = await bench.accountFor(
      new Map(first.chunks.map(({ chunk }) => [chunk, { imported: 3, refused: 0, unsent: 0 }])),
    );
    await bench.put(
      "m.csv",
      "Email,First,P,Other\na@x.io,Ann,2,x\nb@x.io, Bob ,1,y\nc@x.io,,1,x\n",
    );

    const second = await bench.prepare({ mapping, snapshotKey, runId: "run-2" });

    expect(second.members.map(({ email, unchanged }) => [email, unchanged])).toEqual([
      ["a@x.io", false],
      ["b@x.io", true],
      ["c@x.io", false],
    ]);
  });

  it("is recognised by half of the MD5 of what is sent", async () => {
    await bench.put("m.csv", "Email,First\na@x.io,Ann\n");
    const { hashes } = await bench.prepare({ mapping: { email: "Email", first_name: "First" } });
    const text = '{"type":"profile","attributes":{"email":"a@x.io","first_name":"Ann"}}';
    expect(hashes).toEqual([createHash("md5").update(text).digest().readBigUInt64LE(0).toString()]);
  });

  it("is recognised by the email alone when nothing else is mapped", async () => {
    await bench.put("m.csv", "Email,First\na@x.io,Ann\nb@x.io,Bob\n");
    const outcome = { imported: 1, refused: 1, unsent: 0 };
    await bench.prepare();
    await bench.refuse(1, "push", [{ position: 1, code: "invalid", detail: "Invalid email" }]);
    const { snapshotKey } = await bench.accountFor(new Map([[1, outcome]]));
    await bench.put("m.csv", "Email,First\na@x.io,Anna\nb@x.io,Bob\n");
    const { members } = await bench.prepare({ snapshotKey, runId: "run-2" });
    expect(members.map(({ email, unchanged }) => [email, unchanged])).toEqual([
      ["a@x.io", true],
      ["b@x.io", false],
    ]);
  });
});

describe("names of fields and properties, whatever they are", () => {
  const names = [
    ...["constructor", "toString", "hasOwnProperty", "email", "first_name", "properties", "0"],
    ...["with 'both' \"quotes\"", "back\\slash", "~0/~1", "a.b", "Größe", "\u{1f600}", "名前"],
    ...["ü".repeat(100), "Tier", "tier", "{{x}}", "%s", "--", ";"],
  ];
  const mapping: FieldMapping = {
    email: "email",
    // A name may be a field's of the segment and a property's at once, and one field may fill several.
    properties: {
      ...Object.fromEntries(names.map((name) => [name, { field: name, empty: "clear" as const }])),
      number: { field: "constructor", type: "number" },
      proto: "__proto__",
    },
  };
  const fields = [...names.filter((name) => name !== "email"), "__proto__"];
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

  it.each([
    [
      "csv",
      async () =>
        Buffer.from(
          `email,${fields.map(quoted).join(",")}\na@x.io,${fields.map((_, at) => `v${String(at)}`).join(",")}\nb@x.io\n`,
        ),
    ],
    [
      "ndjson",
      async () => {
        const values = fields.map((name, at) => `${JSON.stringify(name)}:"v${String(at)}"`);
        return Buffer.from(`{"email":"a@x.io",${values.join(",")}}\n{"email":"b@x.io"}\n`);
      },
    ],
    [
      "parquet",
      async () => {
        // DuckDB takes no two columns that differ only by case.
        const columns = fields
          .filter((name) => name !== "tier")
          .map((name) => `'v${String(fields.indexOf(name))}' AS ${quoted(name)}`);
        return parquetOf(`SELECT 'a@x.io' AS email, ${columns.join(", ")}`);
      },
    ],
  ] as const)("are taken from %s files as they are", async (format, content) => {
    await bench.put(`m.${format}`, await content());
    const { profiles, warnings } = await sent(mapping);

    const valueOf = (name: string): string => {
      const found = format === "parquet" && name === "tier" ? "Tier" : name;
      return found === "email" ? "a@x.io" : `v${String(fields.indexOf(found))}`;
    };
    expect(profiles[0]!.attributes["properties"]).toEqual({
      ...Object.fromEntries(names.map((name) => [name, valueOf(name)])),
      proto: valueOf("__proto__"),
    });
    expect(profiles[0]!.meta).toBeUndefined();
    // Rows that end early are told of by themselves.
    expect(warnings.filter(({ code }) => code !== "cellsMissing")).toMatchObject([
      { code: "valuesDropped", params: { attribute: "properties.number", field: "constructor" } },
      { code: "fieldDropped", params: { attribute: "properties.number", field: "constructor" } },
    ]);
    if (format !== "parquet") {
      const unset = names.filter((name) => name !== "email").toSorted();
      expect(profiles[1]!.meta).toEqual({ patch_properties: { unset } });
    }
  });

  it("may be as many as a mapping takes", async () => {
    const many = Array.from({ length: MAX_PROPERTIES }, (_, at) => `field ${String(at)}`);
    await bench.put("m.csv", `email,${many.join(",")}\na@x.io,${many.join(",")}\n`);
    const { attributes } = await sent({
      email: "email",
      properties: Object.fromEntries(many.map((name) => [name, name])),
    });
    expect(attributes[0]!["properties"]).toEqual(
      Object.fromEntries(many.map((name) => [name, name])),
    );
  });
});
