import * as z from "zod";
import type { Role } from "./identity";

/** `shared`: on connections that are shared with contributors, and on what is built on them. */
export const grantedAccessSchema = z.enum(["all", "shared"]);
export type Access = z.infer<typeof grantedAccessSchema> | "none";

const administrators = { Administrator: "all", Contributor: "none", Viewer: "none" } as const;
const managers = { Administrator: "all", Contributor: "shared", Viewer: "none" } as const;
const contributors = { Administrator: "all", Contributor: "all", Viewer: "none" } as const;
const everybody = { Administrator: "all", Contributor: "all", Viewer: "all" } as const;

/**
 * Who may do what: the one place. Administrators decide where data may go, contributors what goes there;
 * a contributor manages every export on a connection that is shared, whoever made it, and sees the rest.
 */
export const accessTable = {
  createConnection: administrators,
  listConnections: managers,
  viewConnection: managers,
  /** Everything of a connection beyond name and type. */
  viewConnectionDetails: administrators,
  /** A connection's name and type, where an export shows them. */
  viewConnectionName: { Administrator: "all", Contributor: "shared", Viewer: "shared" },
  /** How much of Klaviyo's limits its account uses, and which runs use it. */
  viewPace: managers,
  updateConnection: administrators,
  verifyConnection: administrators,
  replaceKey: administrators,
  beginSignIn: administrators,
  deleteConnection: administrators,
  listConnectionExports: administrators,
  detachConnectionExports: administrators,
  listKlaviyoLists: managers,
  createKlaviyoList: managers,
  viewKlaviyoList: managers,
  /** From where segments come, and with which credentials. */
  createSource: administrators,
  listSources: administrators,
  viewSource: administrators,
  updateSource: administrators,
  verifySource: administrators,
  deleteSource: administrators,
  listSegments: everybody,
  viewSegment: everybody,
  /** A segment's first rows are personal data, which viewers are not shown anywhere. */
  viewSegmentRows: contributors,
  viewSegmentSettings: everybody,
  /** How a segment's files are read, which holds for every export of it. */
  updateSegmentSettings: contributors,
  /** Seeing what may be of a person where something else should be, such as in place of a field's name. */
  viewProfiles: contributors,
  listExports: everybody,
  viewExport: everybody,
  createExport: managers,
  updateExport: managers,
  deleteExport: managers,
  attachExport: managers,
  detachExport: administrators,
  scheduleExport: managers,
  scheduleExports: managers,
  startRun: managers,
  /** Subscribing people again who have unsubscribed; a part of a start. */
  resubscribe: administrators,
  /** To have a run, or a preview of one, read the list and let everybody leave it who is no member. */
  reconcileList: administrators,
  createPreview: managers,
  /** A preview shows profiles, which viewers are not shown anywhere. */
  viewPreview: managers,
  /** What is known of one person, which viewers are shown nowhere. */
  explainProfile: managers,
  /** Starts those of the caller's exports that have an active schedule. */
  runAll: contributors,
  cancelRun: managers,
  listRuns: everybody,
  /** The runs of all exports. */
  listAllRuns: everybody,
  viewRun: everybody,
  /** The report holds personal data, which viewers are not shown anywhere. It belongs to its run's connection. */
  downloadRejections: managers,
  listRejections: managers,
  countRejections: managers,
  viewSchedule: everybody,
  updateSchedule: administrators,
  viewAudit: administrators,
  /** The API's own description. */
  viewDescription: everybody,
  /** Who one is oneself. */
  viewCaller: everybody,
} as const satisfies Record<string, Record<Role, Access>>;

export type Action = keyof typeof accessTable;

export const actionSchema = z.enum(Object.keys(accessTable).filter(isAction));

function isAction(name: string): name is Action {
  return Object.hasOwn(accessTable, name);
}

/** Actions with how far each goes; those that are refused are left out. */
export type GrantedActions = Readonly<Partial<Record<Action, z.infer<typeof grantedAccessSchema>>>>;

/** What a role may do. */
export function actionsOf(role: Role): GrantedActions {
  const granted: Partial<Record<Action, z.infer<typeof grantedAccessSchema>>> = {};
  for (const action of actionSchema.options) {
    const access: Record<Role, Access> = accessTable[action];
    if (access[role] !== "none") {
      granted[action] = access[role];
    }
  }
  return granted;
}

export const connectionPermissions = [
  "view",
  "use",
  "edit",
  "verify",
  "replaceKey",
  "detach",
  "delete",
] as const;
export type ConnectionPermission = (typeof connectionPermissions)[number];

export const exportPermissions = ["view", "edit", "run", "delete", "attach", "detach"] as const;
export type ExportPermission = (typeof exportPermissions)[number];
