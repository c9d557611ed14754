import { roleSchema, type Role } from "../../../shared/domain/access/identity";

/** Who can sign in on this machine: one for each role, called as the role is, and one who has none. */
export interface Person {
  /** The subject of the person's tokens. */
  readonly id: string;
  /** What the page of the issuer calls the person. */
  readonly name: string;
  readonly username: string;
  /** None without a role. */
  readonly groups: readonly Role[];
}

export const people: readonly Person[] = [
  ...roleSchema.options.map((role) => ({
    id: role,
    name: role,
    username: `local-${role.toLowerCase()}`,
    groups: [role],
  })),
  { id: "NoRole", name: "No role", username: "local-no-role", groups: [] },
];

export function personOf(id: string | undefined): Person | undefined {
  return people.find((person) => person.id === id);
}
