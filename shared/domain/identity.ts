import * as z from "zod";

/**
 * What a caller may do. Each role includes the ones after it: administrators own connections,
 * contributors manage exports on shared connections, viewers read.
 */
export const roleSchema = z.enum(["Administrator", "Contributor", "Viewer"]);
export type Role = z.infer<typeof roleSchema>;

/** The caller, as the access token says. */
export interface Caller {
  /** The token's `sub`: stable, and no email address. */
  readonly userId: string;
  readonly role: Role;
}

const rank: Record<Role, number> = { Administrator: 3, Contributor: 2, Viewer: 1 };

/** Whether a role includes another. */
export function includesRole(role: Role, needed: Role): boolean {
  return rank[role] >= rank[needed];
}
