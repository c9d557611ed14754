import { InvalidArgumentError, Option, type Command } from "commander";
import { parse } from "yaml";
import * as z from "zod";

/**
 * Options that follow from a schema: whatever may be set is set by an option of its name, without being
 * written down a second time.
 */
export interface SchemaOptions {
  addTo(command: Command): Command;
  /** Values of those options that were given, by the schema's names. */
  given(command: Command): Record<string, unknown>;
}

/** What options say beyond a field's name, which the schema does not know. */
export type OptionTexts = Readonly<Record<string, string>>;

/** Options for the fields of an object, but for those that have options of their own. */
export function schemaOptions(
  fields: Readonly<Record<string, z.core.$ZodType>>,
  { without, texts }: { without: readonly string[]; texts: OptionTexts },
): SchemaOptions {
  const named = Object.entries(fields).filter(([name]) => !without.includes(name));
  return {
    addTo: (command) =>
      named.reduce(
        (changed, [name, schema]) =>
          changed.addOption(
            optionOf(name, innermost(schema), texts[name] ?? `the setting ${name}`),
          ),
        command,
      ),
    given: (command) => {
      const values = z.record(z.string(), z.unknown()).parse(command.opts());
      return Object.fromEntries(
        named.flatMap(([name]) => (values[name] === undefined ? [] : [[name, values[name]]])),
      );
    },
  };
}

function optionOf(name: string, schema: z.core.$ZodType, text: string): Option {
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (schema instanceof z.ZodBoolean) {
    return new Option(flag, text);
  }
  if (schema instanceof z.ZodEnum) {
    return new Option(`${flag} <value>`, text).choices(schema.options.map(String));
  }
  return new Option(`${flag} <value>`, text).argParser((value): unknown => {
    try {
      return parse(value);
    } catch {
      throw new InvalidArgumentError("It takes a number, a word, or YAML or JSON.");
    }
  });
}

/** Without what says that it may be left out, and what it is then. */
function innermost(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodNullable
    ? innermost(schema.unwrap())
    : schema;
}
