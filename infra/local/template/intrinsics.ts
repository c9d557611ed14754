import * as z from "zod";
import type { TemplateBody } from "./template";

/** Where names in a template lead. Both throw on a name they do not know. */
export interface References {
  /** The value of `Ref`: of a resource, a parameter or a pseudo parameter. */
  ref(name: string): unknown;
  getAtt(logicalId: string, attribute: string): unknown;
}

const intrinsicSchema = z.union([
  z.strictObject({ Ref: z.string() }),
  z.strictObject({ Condition: z.string() }),
  z.strictObject({
    "Fn::GetAtt": z.union([z.string(), z.tuple([z.string(), z.unknown()])]),
  }),
  z.strictObject({ "Fn::Join": z.tuple([z.string(), z.unknown()]) }),
  z.strictObject({
    "Fn::Sub": z.union([z.string(), z.tuple([z.string(), z.record(z.string(), z.unknown())])]),
  }),
  z.strictObject({ "Fn::Select": z.tuple([z.unknown(), z.unknown()]) }),
  z.strictObject({ "Fn::Split": z.tuple([z.string(), z.unknown()]) }),
  z.strictObject({ "Fn::If": z.tuple([z.string(), z.unknown(), z.unknown()]) }),
  z.strictObject({ "Fn::Equals": z.tuple([z.unknown(), z.unknown()]) }),
  z.strictObject({ "Fn::And": z.array(z.unknown()) }),
  z.strictObject({ "Fn::Or": z.array(z.unknown()) }),
  z.strictObject({ "Fn::Not": z.tuple([z.unknown()]) }),
  z.strictObject({ "Fn::FindInMap": z.tuple([z.unknown(), z.unknown(), z.unknown()]) }),
  z.strictObject({ "Fn::Base64": z.unknown() }),
  z.strictObject({ "Fn::GetAZs": z.unknown() }),
]);

type Intrinsic = z.infer<typeof intrinsicSchema>;

const listSchema = z.array(z.unknown());
const scalarSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);

// Fn::If may choose this to leave a property out.
const noValue = Symbol("AWS::NoValue");

/** Resolves a template's intrinsic functions in a value, however deep. */
export type Resolve = (value: unknown) => unknown;

/** @throws on a function that is not supported here, and on names that lead nowhere. */
export function createResolver(body: TemplateBody, references: References): Resolve {
  const ref = (name: string): unknown => (name === "AWS::NoValue" ? noValue : references.ref(name));

  const text = (value: unknown): string => scalarSchema.parse(resolve(value));
  const list = (value: unknown): unknown[] => listSchema.parse(resolve(value));
  const condition = (name: string): boolean => {
    if (!(name in body.Conditions)) throw new Error(`There is no condition ${name}.`);
    return resolve(body.Conditions[name]) === true;
  };

  const substitute = (template: string, variables: Readonly<Record<string, unknown>>): string =>
    template.replace(/\$\{(!?)([^}]+)\}/g, (_match, literal: string, name: string) => {
      if (literal !== "") return `\${${name}}`;
      if (name in variables) return text(variables[name]);
      const [logicalId = "", ...attribute] = name.split(".");
      return scalarSchema.parse(
        attribute.length === 0 ? ref(name) : references.getAtt(logicalId, attribute.join(".")),
      );
    });

  const apply = (call: Intrinsic): unknown => {
    if ("Ref" in call) return ref(call.Ref);
    if ("Condition" in call) return condition(call.Condition);
    if ("Fn::GetAtt" in call) {
      const argument = call["Fn::GetAtt"];
      const [logicalId, attribute] =
        typeof argument === "string"
          ? [argument.split(".")[0] ?? "", argument.split(".").slice(1).join(".")]
          : [argument[0], text(argument[1])];
      return references.getAtt(logicalId, attribute);
    }
    if ("Fn::Join" in call) {
      const [separator, parts] = call["Fn::Join"];
      return list(parts).map(String).join(separator);
    }
    if ("Fn::Sub" in call) {
      const argument = call["Fn::Sub"];
      return typeof argument === "string"
        ? substitute(argument, {})
        : substitute(argument[0], argument[1]);
    }
    if ("Fn::Select" in call) {
      const [index, from] = call["Fn::Select"];
      const chosen = list(from)[Number(text(index))];
      if (chosen === undefined) throw new Error(`Fn::Select: there is no item ${text(index)}.`);
      return chosen;
    }
    if ("Fn::Split" in call) return text(call["Fn::Split"][1]).split(call["Fn::Split"][0]);
    if ("Fn::If" in call) {
      const [name, yes, no] = call["Fn::If"];
      return resolve(condition(name) ? yes : no);
    }
    if ("Fn::Equals" in call) return text(call["Fn::Equals"][0]) === text(call["Fn::Equals"][1]);
    if ("Fn::And" in call) return call["Fn::And"].every((part) => resolve(part) === true);
    if ("Fn::Or" in call) return call["Fn::Or"].some((part) => resolve(part) === true);
    if ("Fn::Not" in call) return resolve(call["Fn::Not"][0]) !== true;
    if ("Fn::Base64" in call) return Buffer.from(text(call["Fn::Base64"])).toString("base64");
    if ("Fn::GetAZs" in call)
      return ["a", "b", "c"].map((zone) => text({ Ref: "AWS::Region" }) + zone);
    const [map, first, second] = call["Fn::FindInMap"].map(text);
    const found = body.Mappings[map ?? ""]?.[first ?? ""]?.[second ?? ""];
    if (found === undefined)
      throw new Error(`Fn::FindInMap: there is no ${map}.${first}.${second}.`);
    return found;
  };

  const resolve: Resolve = (value) => {
    if (Array.isArray(value)) {
      return value.map(resolve).filter((item) => item !== noValue);
    }
    if (typeof value !== "object" || value === null) return value;
    const keys = Object.keys(value);
    const [key = ""] = keys;
    if (keys.length === 1 && (key === "Ref" || key.startsWith("Fn::"))) {
      const call = intrinsicSchema.safeParse(value);
      if (!call.success) throw new Error(`${key} is not supported here: ${JSON.stringify(value)}`);
      return apply(call.data);
    }
    if (keys.length === 1 && key === "Condition" && typeof Reflect.get(value, key) === "string") {
      return apply(intrinsicSchema.parse(value));
    }
    return Object.fromEntries(
      Object.entries(value)
        .map(([name, inner]): [string, unknown] => [name, resolve(inner)])
        .filter(([, inner]) => inner !== noValue),
    );
  };
  return resolve;
}
