import { describe, expect, it } from "@jest/globals";
import { locationFields, profileFields } from "../../../../../shared/domain/klaviyo/klaviyo-fields";
import type { SegmentField } from "../../../../../shared/domain/segments/segment";
import { suggestMapping } from "../../../../../shared/domain/suggestions/mapping";

const fields = (...names: string[]): SegmentField[] =>
  names.map((name) => ({ name, type: "text" }));

describe("a suggested mapping", () => {
  it("has the email alone when no other field is called like one of Klaviyo's", () => {
    expect(suggestMapping(fields("Email", "Notes", "Score"), "Email")).toEqual({ email: "Email" });
  });

  it("finds fields however their names are written", () => {
    expect(
      suggestMapping(
        fields("First Name", "last_name", "E-Mail", "PHONE-NUMBER", "customerId", "PostCode"),
        "E-Mail",
      ),
    ).toEqual({
      email: "E-Mail",
      phone_number: "PHONE-NUMBER",
      external_id: "customerId",
      first_name: "First Name",
      last_name: "last_name",
      location: { zip: "PostCode" },
    });
  });

  it("finds every field of Klaviyo's by its own name", () => {
    const [profile, location] = [Object.keys(profileFields), Object.keys(locationFields)];
    const same = (names: string[]): object => Object.fromEntries(names.map((name) => [name, name]));

    expect(suggestMapping(fields("email", ...location, ...profile), "email")).toEqual({
      email: "email",
      ...same(profile),
      location: same(location),
    });
  });

  it("finds the parts of an address behind its name", () => {
    expect(
      suggestMapping(
        fields("EMail", "Address1_Line1", "Address1_City", "Address1_StateOrProvince", "HomePhone"),
        "EMail",
      ),
    ).toEqual({
      email: "EMail",
      phone_number: "HomePhone",
      location: {
        address1: "Address1_Line1",
        city: "Address1_City",
        region: "Address1_StateOrProvince",
      },
    });
  });

  it("prefers the likelier of two names, and uses a field once", () => {
    expect(suggestMapping(fields("Mobile", "Phone", "Title", "Job title"), "E")).toEqual({
      email: "E",
      phone_number: "Phone",
      title: "Job title",
    });
    expect(suggestMapping(fields("Phone"), "Phone")).toEqual({ email: "Phone" });
  });

  it("passes by names that no mapping can hold", () => {
    const long = `phone${" ".repeat(300)}`;
    expect(suggestMapping(fields(long), "E")).toEqual({ email: "E" });
    expect(suggestMapping(fields("Phone"), long)).toBeUndefined();
  });

  it("leaves lists and objects alone", () => {
    expect(
      suggestMapping(
        [
          { name: "Phone", type: "list" },
          { name: "City", type: "object" },
        ],
        "E",
      ),
    ).toEqual({ email: "E" });
  });

  it.each<[string, string, object]>([
    [
      "marks behind a name",
      "Email (Billing);First Name (Billing);Address 1&2 (Billing);City (Billing);Country Code (Billing)",
      {
        first_name: "First Name (Billing)",
        location: {
          address1: "Address 1&2 (Billing)",
          city: "City (Billing)",
          country: "Country Code (Billing)",
        },
      },
    ],
    [
      "numbers behind a name",
      "Email;Customer ID;Address First Name - 1;Address Line 1 - 1;City/Suburb - 1;Zip/Postcode - 1",
      {
        external_id: "Customer ID",
        first_name: "Address First Name - 1",
        location: {
          address1: "Address Line 1 - 1",
          city: "City/Suburb - 1",
          zip: "Zip/Postcode - 1",
        },
      },
    ],
    [
      "person accounts",
      "PersonEmail;PersonMobilePhone;FirstName;PersonMailingCity",
      {
        phone_number: "PersonMobilePhone",
        first_name: "FirstName",
        location: { city: "PersonMailingCity" },
      },
    ],
    [
      "German views",
      "E-Mail;Vorname;Nachname;Adresse 1: Straße 1;Adresse 1: Ort;Adresse 1: Land/Region",
      {
        first_name: "Vorname",
        last_name: "Nachname",
        location: {
          address1: "Adresse 1: Straße 1",
          city: "Adresse 1: Ort",
          country: "Adresse 1: Land/Region",
        },
      },
    ],
    [
      "a name beside a first name",
      "Email;KdNr.;Name;Vorname;Tel.;PLZ;Ort",
      {
        ...{ external_id: "KdNr.", first_name: "Vorname", last_name: "Name", phone_number: "Tel." },
        location: { zip: "PLZ", city: "Ort" },
      },
    ],
    ["a whole name", "Email;Name;PLZ;Ort", { location: { zip: "PLZ", city: "Ort" } }],
    [
      "the person's id beside the row's",
      "id;Customer ID;Customer Email;Amount",
      { external_id: "Customer ID" },
    ],
  ])("knows %s", (_what, header, mapping) => {
    const names = header.split(";");
    const email = names.find((name) => /e-?mail/i.test(name)) ?? "";

    expect(suggestMapping(fields(...names), email)).toEqual({ email, ...mapping });
  });

  it("puts no part of one address into another", () => {
    expect(
      suggestMapping(
        fields("Email", "Home Street", "Business Street 2", "Home City", "Business Postal Code"),
        "Email",
      ),
    ).toEqual({ email: "Email", location: { address1: "Home Street", city: "Home City" } });
  });
});
