import * as z from "zod";
import type { Resolve } from "./template/intrinsics";
import type { Template } from "./template/template";

/** A resource of the stack, for finding names: a bucket's, a queue's URL. */
interface EnvironmentResource {
  readonly logicalId: string;
  readonly type: string;
  /** The construct's path below the stack, for instance `Data/Segments/Resource`. */
  readonly constructPath: string;
  /** What `Ref` gives: a table's or bucket's name, a queue's URL. */
  readonly ref: string;
}

export interface EnvironmentResources {
  /** The stack's outputs by their name in the template. */
  readonly outputs: Readonly<Record<string, string>>;
  list(): readonly EnvironmentResource[];
  /**
   * The one resource of a type whose construct path holds a text, whatever the case.
   *
   * @throws when there is none or more than one, naming what there is.
   */
  find(type: string, pathPart: string): EnvironmentResource;
}

const metadataSchema = z.object({ "aws:cdk:path": z.string() });
const textSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export function environmentResources(template: Template, resolve: Resolve): EnvironmentResources {
  const resources = Object.entries(template.body.Resources)
    .filter(([, { Condition }]) => Condition === undefined || resolve({ Condition }) === true)
    .map(([logicalId, { Type, Metadata }]): EnvironmentResource => {
      const path = metadataSchema.safeParse(Metadata);
      return {
        logicalId,
        type: Type,
        constructPath: path.success
          ? path.data["aws:cdk:path"].split("/").slice(1).join("/")
          : logicalId,
        ref: textSchema.parse(resolve({ Ref: logicalId })),
      };
    });
  return {
    outputs: Object.fromEntries(
      Object.entries(template.body.Outputs)
        .filter(([, { Condition }]) => Condition === undefined || resolve({ Condition }) === true)
        .map(([name, { Value }]) => [name, textSchema.parse(resolve(Value))]),
    ),
    list: () => resources,
    find: (type, pathPart) => {
      const ofType = resources.filter((resource) => resource.type === type);
      const [found, ...others] = ofType.filter(({ constructPath }) =>
        constructPath.toLowerCase().includes(pathPart.toLowerCase()),
      );
      if (found !== undefined && others.length === 0) return found;
      throw new Error(
        `${others.length === 0 ? "No" : "More than one"} ${type} has "${pathPart}" in its path. There are: ${ofType
          .map(({ constructPath }) => constructPath)
          .join(", ")}.`,
      );
    },
  };
}
