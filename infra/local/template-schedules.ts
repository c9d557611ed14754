import { parseInput } from "./emulators/aws-error";
import { scheduleSchema } from "./emulators/scheduler/schedule";
import type { Schedules } from "./emulators/scheduler/schedules";
import type { Resolve } from "./template/intrinsics";
import { physicalName } from "./template/physical-values";
import { scheduleGroupProperties, scheduleProperties } from "./template/resource-properties";
import { resourcesOfType } from "./template/resources-of-type";
import type { Template } from "./template/template";

/** Creates the template's schedule groups and schedules; the latter run from now on. */
export function createTemplateSchedules(
  template: Template,
  resolve: Resolve,
  schedules: Schedules,
): void {
  for (const { logicalId, properties } of resourcesOfType(
    template,
    resolve,
    ["AWS::Scheduler::ScheduleGroup"],
    scheduleGroupProperties,
  )) {
    schedules.createGroup(physicalName(template.stackName, logicalId, properties.Name));
  }
  for (const { logicalId, properties } of resourcesOfType(
    template,
    resolve,
    ["AWS::Scheduler::Schedule"],
    scheduleProperties,
  )) {
    schedules.create(
      physicalName(template.stackName, logicalId, properties.Name),
      parseInput(scheduleSchema, properties),
    );
  }
}
