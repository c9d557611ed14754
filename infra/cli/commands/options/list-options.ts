import { InvalidArgumentError, Option, type Command } from "commander";
import * as z from "zod";
import type { OptionTexts } from "./schema-options";

/** Options by which a list is searched, sorted and filtered. */
export interface ListOptions {
  addTo(command: Command): Command;
  /** What was given, as the API's query takes it. */
  given(command: Command): Record<string, string>;
  /** What to say of an empty list: that nothing matches, where something was looked for. */
  none(command: Command, nothingThere: string): string;
}

/** An option for each of these parameters of a list's query; the schema says which values they take. */
export function listOptions(
  parameters: Readonly<Record<string, z.core.$ZodType>>,
  texts: OptionTexts,
): ListOptions {
  const named = Object.entries(texts).flatMap(([name, text]) => {
    const schema = parameters[name];
    return schema === undefined ? [] : [{ name, text, schema: written(schema) }];
  });
  const narrowing = named.map(({ name }) => name).filter((name) => name !== "sort");
  return {
    none: (command, nothingThere) => {
      const options = z.record(z.string(), z.unknown()).parse(command.opts());
      const looked = [...narrowing, ...FURTHER_FILTERS].filter(
        (name) => options[name] !== undefined,
      );
      return looked.length === 0
        ? nothingThere
        : `Nothing matches ${looked.map(flagOf).join(", ")}.`;
    },
    addTo: (command) =>
      named.reduce(
        (changed, { name, text, schema }) => changed.addOption(optionOf(name, text, schema)),
        command,
      ),
    given: (command) => {
      const values = z.record(z.string(), z.unknown()).parse(command.opts());
      return Object.fromEntries(
        named.flatMap(({ name }) => {
          const value = values[name];
          return typeof value === "string" ? [[name, value]] : [];
        }),
      );
    },
  };
}

/** Filters by names, which commands look up before they ask the API. */
const FURTHER_FILTERS = ["connection", "target"];

function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function optionOf(name: string, text: string, schema: z.core.$ZodType): Option {
  const flag = flagOf(name);
  if (schema instanceof z.ZodEnum) {
    return new Option(`${flag} <value>`, text).choices(schema.options.map(String));
  }
  return schema instanceof z.ZodISODateTime
    ? new Option(`${flag} <instant>`, text).argParser(asInstant)
    : new Option(`${flag} <text>`, text);
}

/** The schema of what a query writes, which may be read as something else. */
function written(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional) {
    return written(schema.unwrap());
  }
  return schema instanceof z.ZodPipe ? written(schema.in) : schema;
}

/** A date is the beginning of its day. */
function asInstant(text: string): string {
  const instantGiven = new Date(text);
  if (Number.isNaN(instantGiven.getTime())) {
    throw new InvalidArgumentError("It takes a date or an instant, such as 2026-11-02T08:00Z.");
  }
  return instantGiven.toISOString();
}
