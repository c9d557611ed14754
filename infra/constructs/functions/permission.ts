import { Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";
import * as z from "zod";

/** One statement of a function's role. */
export interface Permission {
  /** What it is for, as letters and digits. */
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Why resources are named by a pattern; required when one is. */
  readonly patternReason?: string;
  /** Condition operators with their keys and values. */
  readonly conditions?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

/**
 * Gives a role a permission. A resource named by a pattern needs its reason, which also answers
 * cdk-nag's finding about exactly that resource and role. Throws without it.
 */
export function grant(role: Role, permission: Permission): void {
  role.addToPolicy(
    new PolicyStatement({
      sid: permission.sid,
      actions: [...permission.actions],
      resources: [...permission.resources],
      ...(permission.conditions === undefined ? {} : { conditions: permission.conditions }),
    }),
  );
  for (const resource of permission.resources) {
    const pattern = asNagShowsIt(Stack.of(role).resolve(resource));
    if (!pattern.includes("*")) {
      continue;
    }
    if (permission.patternReason === undefined) {
      throw new Error(
        `Permission ${permission.sid} names a pattern (${pattern}) without a reason.`,
      );
    }
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${pattern}]`,
      reason: permission.patternReason,
    });
  }
}

const joinSchema = z.object({ "Fn::Join": z.tuple([z.string(), z.array(z.unknown())]) });

/** A resolved ARN as cdk-nag writes it into the ids of its findings: `<Bucket.Arn>/staging/*`. */
function asNagShowsIt(value: unknown): string {
  if (typeof value === "string") {
    return value;
  }
  if (typeof value !== "object" || value === null) {
    return JSON.stringify(value);
  }
  if ("Fn::Join" in value) {
    const { "Fn::Join": join } = joinSchema.parse(value);
    return join[1].map(asNagShowsIt).join(join[0]);
  }
  if ("Fn::GetAtt" in value && Array.isArray(value["Fn::GetAtt"])) {
    return `<${value["Fn::GetAtt"].map(asNagShowsIt).join(".")}>`;
  }
  if ("Ref" in value) {
    return `<${asNagShowsIt(value.Ref)}>`;
  }
  return JSON.stringify(value);
}
