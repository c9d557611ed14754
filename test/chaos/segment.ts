import type { Random } from "./random";

/** One row of a made-up segment, and what a person would say of its email. */
export interface SegmentRow {
  readonly file: string;
  /** From 1, after the header. */
  readonly row: number;
  /** As written. */
  readonly written: string;
  readonly kind: "blank" | "invalid" | "duplicate" | "member";
  /** The address that is meant; empty for blank and invalid ones. */
  readonly email: string;
}

export interface MadeSegment {
  readonly files: Readonly<Record<string, string>>;
  readonly rows: readonly SegmentRow[];
}

/** Part of every address, valid or not: a log line or message that holds it gives an address away. */
export const ADDRESS_MARK = "chaos-person";

const domains = ["example.org", "mail.example.com", "sub.domain.example.net"];
const invalidForms = [
  (name: string) => `${name}@`,
  (name: string) => `${name} at example.org`,
  (name: string) => `${name}@@example.org`,
  (name: string) => `@${name}`,
  (name: string) => `${name}@example..org`,
];
const disguises = [
  (email: string) => email,
  (email: string) => email.toUpperCase(),
  (email: string) => `  ${email} `,
  (email: string) => email.replace("c", "C"),
];

/** A segment of several files with blank, invalid and repeated addresses, made without the system's code. */
export function makeSegment(random: Random, name: string): MadeSegment {
  const files: Record<string, string> = {};
  const rows: SegmentRow[] = [];
  const members: string[] = [];
  const blankShare = random.share() * 0.15;
  const invalidShare = random.share() * 0.15;
  const duplicateShare = random.share() * 0.2;
  for (let part = 1; part <= random.between(1, 3); part += 1) {
    const file = `part-${String(part)}.csv`;
    const lines = ["Id,Email,Note"];
    const size = random.between(1, 45);
    for (let row = 1; row <= size; row += 1) {
      const address = `${ADDRESS_MARK}.${name}.${String(part)}.${String(row)}`;
      const lot = random.share();
      let made: Pick<SegmentRow, "written" | "kind" | "email">;
      if (lot < blankShare) {
        made = { written: random.pick(["", "   "]), kind: "blank", email: "" };
      } else if (lot < blankShare + invalidShare) {
        made = { written: random.pick(invalidForms)(address), kind: "invalid", email: "" };
      } else if (members.length > 0 && lot < blankShare + invalidShare + duplicateShare) {
        const email = random.pick(members);
        made = { written: random.pick(disguises)(email), kind: "duplicate", email };
      } else {
        const email = `${address}@${random.pick(domains)}`;
        members.push(email);
        made = { written: random.pick(disguises)(email), kind: "member", email };
      }
      rows.push({ file, row, ...made });
      lines.push(`${String(row)},${made.written},"a ""note"", with a comma"`);
    }
    files[file] = `${lines.join("\n")}\n`;
  }
  return { files, rows };
}
