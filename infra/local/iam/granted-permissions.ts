import { resolverFor, type PhysicalResource } from "../template/physical-values";
import type { Template } from "../template/template";
import { grantsOf, type Grant } from "./permission-use";
import { templatePolicies } from "./template-policies";

/** A grant as people read it. */
export interface GrantedPermission extends Grant {
  /** The construct that has the role, for instance `Timetable/Delivery`. */
  readonly holder: string;
}

/** All that the template's roles are granted, with resources named after their constructs. */
export function grantedPermissions(template: Template): GrantedPermission[] {
  const paths = new Map(
    Object.entries(template.body.Resources).map(([logicalId, { Metadata }]) => [
      logicalId,
      pathOf(logicalId, Metadata["aws:cdk:path"]),
    ]),
  );
  const named = new Map(
    [...paths].map(([logicalId, path]): [string, PhysicalResource] => [
      logicalId,
      { ref: path, attributes: { Arn: path } },
    ]),
  );
  const resolve = resolverFor(template, named, "api");
  return [...templatePolicies(template, resolve).roles.values()].flatMap((role) =>
    grantsOf(role).map((grant) => ({
      ...grant,
      holder: (paths.get(role.logicalId) ?? role.logicalId).replace(/\/Role$/, ""),
      resource: grant.resource.replace(/^arn:aws:(\w+):[^:]*:[^:]*:/, "$1 "),
    })),
  );
}

/** The construct's path below the stack, without the names of the parts that each construct has. */
function pathOf(logicalId: string, path: unknown): string {
  return (typeof path === "string" ? path : `Stack/${logicalId}`)
    .split("/")
    .slice(1)
    .join("/")
    .replace(/\/(Resource|Queue\/Resource|Function\/Resource)$/, "");
}
