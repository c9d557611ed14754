import { describe, expect, it, test } from "@jest/globals";
import { evidenceOf } from "../../../../../shared/adapters/duckdb/reading/field-types";
import { suggestEmailField } from "../../../../../shared/domain/suggestions/email-field";

/** The suggestion for columns with these cells. */
function suggested(columns: Readonly<Record<string, readonly string[]>>): string | undefined {
  return suggestEmailField(
    Object.entries(columns).map(([name, cells]) => evidenceOf({ name, type: "text", cells })),
  );
}

const some = ["ann@example.org", "bob@example.org", "cid@example.org", "dee@example.org"];
const others = some.map((_, at) => `rep${at}@example.com`);

describe("the field of the members' email addresses", () => {
  it("is the one that is called so, though another holds more valid addresses", () => {
    expect(
      suggested({
        Email: ["ann@example.org", "bob(at)example.org"],
        "Contact owner": ["rep@example.com", "rep@example.com"],
      }),
    ).toBe("Email");
  });

  test.each(
    [
      ...[
        "Secondary Email",
        "Referred by",
        "login",
        "Support contact",
        "owner email",
        "agent mail",
      ],
      ...["created by", "Email 2", "emailaddress2", "E-mail 2 - Value", "CC", "alt_email"],
      ...["Assistant Email", "Friend's email", "AccountManagerEmail", "Sales Rep", "Username"],
      ...["Betreuer E-Mail", "Zweite E-Mail", "E-mail du commercial", "Correo del vendedor"],
      ...["Email proprietario", "E-mail eigenaar", "Opiekun e-mail", "Skrbnik", "Updated By"],
      ...["Previous email", "old_mail", "Backup e-mail", "emergencyContactEmail", "Modified by"],
    ].flatMap((name) => ["Mail", "E-Mail-Adresse", "E-pošta"].map((own) => [name, own])),
  )("%s loses to %s, wherever it stands", (name, own) => {
    const rows = ["ann@example.org", "", "cid@example.org", "no address"];
    expect(suggested({ [name]: others, [own]: rows })).toBe(own);
    expect(suggested({ [own]: rows, [name]: others })).toBe(own);
  });

  it("among names that say the same is the one with the most addresses", () => {
    expect(suggested({ Email: ["", "", ""], "E-Mail": some })).toBe("E-Mail");
    expect(suggested({ "Customer email": some, Email: ["ann@example.org", "", "", ""] })).toBe(
      "Email",
    );
    expect(
      suggested({
        Email: ["ann@example.org", ...Array.from({ length: 50 }, () => "see notes")],
        "Customer email": Array.from({ length: 50 }, (_, at) => `c${at}@example.org`),
      }),
    ).toBe("Customer email");
  });

  it("is told by its cells where no name tells it: by how many are filled, distinct and addresses", () => {
    expect(suggested({ Who: ["rep@example.com", "rep@example.com"], Person: some })).toBe("Person");
    expect(suggested({ Person: some, Notes: ["ask ann@example.org", "x", "y", "z"] })).toBe(
      "Person",
    );
    expect(suggested({ Person: ["ann@example.org", "", "", ""], Contact: some })).toBe("Contact");
  });

  it("is nobody else's where the members' own addresses can't be read", () => {
    expect(
      suggested({ Email: ["ann(at)example.org"], Owner: ["rep@example.com"] }),
    ).toBeUndefined();
    expect(suggested({ Email: ["5d41402abc4b2a76b9719d911017c592"], login: some })).toBe("login");
  });

  it("is the only one there is, whatever it is called", () => {
    expect(suggested({ Owner: some })).toBe("Owner");
    expect(suggested({ Id: ["1"], Name: ["x"] })).toBeUndefined();
    expect(suggested({ Email: ["", ""] })).toBeUndefined();
  });
});
