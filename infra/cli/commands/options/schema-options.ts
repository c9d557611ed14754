import { InvalidArgumentError, Option, type Command } from "commander";
import { parse } from "yaml";
import * as z from "zod";

/**
 * Options that follow from a schema: whatever may be set is set by an option of its name, without being
 * written down a second time.
 */
export interface SchemaOptions {
  addTo(command: Command): Command;
  /** Values of those options that were given, by the schema's names; undefined for what is to be unset. */
  given(command: Command): Record<string, unknown>;
}

/** What options say where it is not what the schema's fields are described as. */
export type OptionTexts = Readonly<Record<string, string>>;

/** The value by which an option takes away what may be left out. */
const NONE = "none";

/** Options for the fields of an object, but for those that have options of their own. */
export function schemaOptions(
  fields: Readonly<Record<string, z.core.$ZodType>>,
  { without, texts = {} }: { without: readonly string[]; texts?: OptionTexts },
): SchemaOptions {
  const named = Object.entries(fields).filter(([name]) => !without.includes(name));
  return {
    addTo: (command) =>
      named.reduce(
        (changed, [name, schema]) =>
          changed.addOption(optionOf(name, schema, texts[name] ?? describedAs(name, schema))),
        command,
      ),
    given: (command) => {
      const values = z.record(z.string(), z.unknown()).parse(command.opts());
      return Object.fromEntries(
        named.flatMap(([name, schema]) => {
          const value = values[name];
          const given: unknown =
            value === NONE && schema instanceof z.ZodOptional ? undefined : value;
          return value === undefined ? [] : [[name, given]];
        }),
      );
    },
  };
}

function optionOf(name: string, given: z.core.$ZodType, text: string): Option {
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const schema = innermost(given);
  if (schema instanceof z.ZodBoolean) {
    return new Option(flag, text);
  }
  if (schema instanceof z.ZodEnum) {
    return new Option(`${flag} <value>`, text).choices(schema.options.map(String));
  }
  const described = given instanceof z.ZodOptional ? `${text}; ${NONE} takes it away` : text;
  return new Option(`${flag} <value>`, described).argParser((value): unknown => {
    try {
      return parse(value);
    } catch {
      throw new InvalidArgumentError("It takes a number, a word, or YAML or JSON.");
    }
  });
}

function describedAs(name: string, schema: z.core.$ZodType): string {
  const { description } = z.globalRegistry.get(schema) ?? {};
  if (description === undefined) {
    throw new TypeError(
      `the schema does not describe ${name}, and there is no text for its option`,
    );
  }
  return description;
}

/** Without what says that it may be left out, and what it is then. */
function innermost(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodNullable
    ? innermost(schema.unwrap())
    : schema;
}
