import type * as z from "zod";
import type { Resolve } from "./intrinsics";
import type { Template } from "./template";

/** A resource of the template, its properties resolved and checked. */
export interface DescribedResource<Properties> {
  readonly logicalId: string;
  readonly properties: Properties;
}

/** The template's resources of a type whose condition holds. @throws when properties do not fit. */
export function resourcesOfType<Schema extends z.ZodType>(
  template: Template,
  resolve: Resolve,
  types: readonly string[],
  schema: Schema,
): DescribedResource<z.output<Schema>>[] {
  return Object.entries(template.body.Resources)
    .filter(([, resource]) => types.includes(resource.Type))
    .filter(([, { Condition }]) => Condition === undefined || resolve({ Condition }) === true)
    .map(([logicalId, resource]) => {
      const properties = schema.safeParse(resolve(resource.Properties));
      if (properties.success) return { logicalId, properties: properties.data };
      throw new Error(
        `${logicalId} (${resource.Type}) has properties that can't be run here: ${properties.error.issues
          .map((issue) => `${issue.path.join(".")}: ${issue.message}`)
          .join("; ")}`,
      );
    });
}
