import * as z from "zod";
import { localAccountId, localRegion } from "../../aws-identity";
import type { Need, UnderstoodRequest } from "../aws-request";

const inputSchema = z.object({
  GroupName: z.string().optional().catch(undefined),
  Target: z.object({ RoleArn: z.string() }).optional().catch(undefined),
});

/**
 * A request to EventBridge Scheduler. Who gives a schedule its role must be allowed to pass it on.
 *
 * @param subject of the path: a schedule, or a group of schedules.
 */
export function understandScheduler(
  action: string,
  subject: { readonly collection: string; readonly name: string; readonly group: string | null },
  body: Readonly<Record<string, unknown>>,
): UnderstoodRequest {
  const input = inputSchema.parse(body);
  const own: Need = {
    action: `scheduler:${action}`,
    resource: resourceOf(subject, input.GroupName),
    context: {},
  };
  const role = input.Target?.RoleArn;
  const passes: Need[] =
    role === undefined
      ? []
      : [
          {
            action: "iam:PassRole",
            resource: role,
            context: {
              "iam:PassedToService": ["scheduler.amazonaws.com"],
              "iam:AssociatedResourceArn": [own.resource],
            },
          },
        ];
  return { service: "scheduler", action, needs: [own, ...passes] };
}

function resourceOf(
  subject: { readonly collection: string; readonly name: string; readonly group: string | null },
  groupInBody: string | undefined,
): string {
  const arn = (resource: string): string =>
    `arn:aws:scheduler:${localRegion}:${localAccountId}:${resource}`;
  if (subject.name === "") return "*";
  return subject.collection === "schedule-groups"
    ? arn(`schedule-group/${subject.name}`)
    : arn(`schedule/${groupInBody ?? subject.group ?? "default"}/${subject.name}`);
}
