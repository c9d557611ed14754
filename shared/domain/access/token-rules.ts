import * as z from "zod";
import { roleSchema, type Role } from "./identity";

const groupName = z.string().min(1).max(128);

/** How a caller's role is read from an access token that the gateway has verified. */
export const tokenRulesSchema = z.strictObject({
  /** `cognito`: every token says by its `token_use` what it is for. */
  issuedBy: z.enum(["cognito", "oidc"]),
  /** The claim that lists the caller's groups. */
  rolesClaim: z.string().min(1),
  /** The group of each role, by its whole name, with regard to case. */
  groups: z.record(roleSchema, groupName),
  /** What `typ` of a token's header must be, if the issuer always sets it (RFC 9068: `at+jwt`). */
  tokenType: z.string().min(1).optional(),
  /** What a token must hold among its scopes. */
  scope: z.string().min(1).optional(),
});
export type TokenRules = z.infer<typeof tokenRulesSchema>;

/** Groups that are called as the roles are. */
export const groupsCalledAsRoles: Readonly<Record<Role, string>> = {
  Administrator: "Administrator",
  Contributor: "Contributor",
  Viewer: "Viewer",
};

/** The highest role whose group is among these, compared by whole names; undefined when none is. */
export function roleOf(
  groups: ReadonlySet<string>,
  names: Readonly<Record<Role, string>>,
): Role | undefined {
  // The options are in order of rank.
  return roleSchema.options.find((role) => groups.has(names[role]));
}
