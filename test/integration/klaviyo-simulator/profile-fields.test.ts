import { afterEach, expect, test } from "@jest/globals";
import type { AxiosInstance } from "axios";
import { closeSimulators, importBody, JOBS, problem, rawClient, simulate } from "./support";

afterEach(closeSimulators);

const email = "ann@shop.example";
const everything = {
  email,
  phone_number: "+491711234567",
  external_id: "c-1",
  first_name: "Ann",
  last_name: "Müller",
  organization: "Shop",
  title: "Dr",
  locale: "de-DE",
  image: "https://shop.example/ann.png",
  location: {
    address1: "Weg 1",
    address2: "Hof",
    city: "Köln",
    country: "Germany",
    region: "NRW",
    zip: "01234",
    latitude: 50.9,
    longitude: "6.95",
    timezone: "Europe/Berlin",
    ip: "127.0.0.1",
  },
  properties: { tier: "Gold", points: 12, vip: true, tags: ["a", "b"], home: { rooms: [1] } },
};

/** A bulk import of one profile, with `meta` beside its attributes. */
function importOf(attributes: Record<string, unknown>, meta?: unknown) {
  const body = importBody([attributes]);
  const [profile] = body.data.attributes.profiles.data;
  Object.assign(profile!, meta === undefined ? {} : { meta });
  return body;
}

async function profileOf(client: AxiosInstance): Promise<Record<string, unknown>> {
  const { data } = await client.get("/api/profiles", {
    params: { filter: `equals(email,"${email}")` },
  });
  return data.data[0].attributes;
}

test("a profile keeps every attribute that it is imported with, and shows it", async () => {
  const client = rawClient(await simulate());

  expect((await client.post(JOBS, importOf(everything))).status).toBe(202);

  expect(await profileOf(client)).toMatchObject(everything);
});

test("an import leaves what it does not speak of, and null clears nothing", async () => {
  const client = rawClient(await simulate());
  await client.post(JOBS, importOf(everything));

  await client.post(
    JOBS,
    importOf({ email, title: null, location: { city: "Bonn" }, properties: { points: 13 } }),
  );

  expect(await profileOf(client)).toMatchObject({
    ...everything,
    location: { ...everything.location, city: "Bonn" },
    properties: { ...everything.properties, points: 13 },
  });
});

test("properties are appended to, taken from and unset as meta.patch_properties says", async () => {
  const client = rawClient(await simulate());
  await client.post(JOBS, importOf(everything));

  const patch_properties = {
    append: { tags: ["c", "d"], skus: "1" },
    unappend: { tags: "a" },
    unset: ["vip", "tier", "never-there"],
  };
  await client.post(JOBS, importOf({ email }, { patch_properties }));
  expect((await profileOf(client))["properties"]).toEqual({
    points: 12,
    tags: ["b", "c", "d"],
    skus: ["1"],
    home: { rooms: [1] },
  });

  await client.post(JOBS, importOf({ email }, { patch_properties: { unset: "home" } }));
  expect((await profileOf(client))["properties"]).not.toHaveProperty("home");
});

test.each<[string, object, unknown, string]>([
  [
    "an invalid phone number",
    { phone_number: "0171 1234567" },
    undefined,
    "attributes/phone_number",
  ],
  ["a number as a name", { first_name: 7 }, undefined, "attributes/first_name"],
  ["an unknown attribute", { nickname: "A" }, undefined, "attributes/nickname"],
  ["an unknown attribute that is null", { nickname: null }, undefined, "attributes/nickname"],
  [
    "an unknown part of a location",
    { location: { town: "A" } },
    undefined,
    "attributes/location/town",
  ],
  ["a zip as a number", { location: { zip: 1234 } }, undefined, "attributes/location/zip"],
  ["properties as a list", { properties: [] }, undefined, "attributes/properties"],
  ["a blank name", { last_name: " " }, undefined, "attributes/last_name"],
  ["a locale without a country", { locale: "de" }, undefined, "attributes/locale"],
  ["a locale with an underscore", { locale: "en_US" }, undefined, "attributes/locale"],
  ["an image that is a path", { image: "/ann.png" }, undefined, "attributes/image"],
  ["an image from an FTP server", { image: "ftp://x/a.png" }, undefined, "attributes/image"],
  [
    "an external id of 256 characters",
    { external_id: "x".repeat(256) },
    undefined,
    "attributes/external_id",
  ],
  [
    "a latitude beyond the pole",
    { location: { latitude: 90.1 } },
    undefined,
    "attributes/location/latitude",
  ],
  [
    "a longitude in words",
    { location: { longitude: "6° E" } },
    undefined,
    "attributes/location/longitude",
  ],
  [
    "an offset as a time zone",
    { location: { timezone: "+01:00" } },
    undefined,
    "attributes/location/timezone",
  ],
  ["a host name as IP", { location: { ip: "localhost" } }, undefined, "attributes/location/ip"],
  ["a blank city", { location: { city: "" } }, undefined, "attributes/location/city"],
  [
    "a reserved property",
    { properties: { $consent: [] } },
    undefined,
    "attributes/properties/$consent",
  ],
  ["a property without a name", { properties: { "": 1 } }, undefined, "attributes/properties/"],
  ["a text with a NUL", { title: "a\0b" }, undefined, ""],
  ["half a character in a property's name", { properties: { "a\ud800": 1 } }, undefined, ""],
  [
    "a property set and unset",
    { properties: { a: 1 } },
    { patch_properties: { unset: ["a"] } },
    "meta/patch_properties/unset",
  ],
  [
    "a reserved property unset",
    {},
    { patch_properties: { unset: "$id" } },
    "meta/patch_properties/unset",
  ],
  ["meta that is no object", {}, "x", "meta"],
  ["unknown meta", {}, { patch: {} }, "meta/patch"],
  ["an unknown patch", {}, { patch_properties: { remove: "a" } }, "meta/patch_properties/remove"],
  ["unset of no names", {}, { patch_properties: { unset: [7] } }, "meta/patch_properties/unset"],
  [
    "objects appended",
    {},
    { patch_properties: { append: { a: {} } } },
    "meta/patch_properties/append/a",
  ],
])("%s refuses the job and is pointed to", async (_what, attributes, meta, pointer) => {
  const simulator = await simulate();

  const answer = await rawClient(simulator).post(JOBS, importOf({ email, ...attributes }, meta));

  expect(problem(answer)).toEqual({
    status: 400,
    errors: [["invalid", `/data/attributes/profiles/data/0${pointer === "" ? "" : `/${pointer}`}`]],
  });
  expect(simulator.accounts()[0]?.profiles).toBe(0);
});

test("a text may hold what only looks like a NUL or half a character", async () => {
  const title = "\\u0000 \\\\ud800 \\ \u{1f600}";
  const client = rawClient(await simulate());

  expect((await client.post(JOBS, importOf({ email, title }))).status).toBe(202);

  expect(await profileOf(client)).toMatchObject({ title });
});

test("a profile of 100,000 bytes in UTF-8 is taken, one of more is refused by its place", async () => {
  const client = rawClient(await simulate());
  const envelope = Buffer.byteLength(
    JSON.stringify({ type: "profile", attributes: { email, title: "" } }),
  );
  const fitting = `${"ü".repeat((100_000 - envelope) >> 1)}${envelope % 2 === 0 ? "" : "x"}`;

  expect((await client.post(JOBS, importOf({ email, title: fitting }))).status).toBe(202);
  expect(problem(await client.post(JOBS, importOf({ email, title: `${fitting}x` })))).toEqual({
    status: 400,
    errors: [["invalid", "/data/attributes/profiles/data/0"]],
  });
});
