import * as z from "zod";
import { REQUIRED_SCOPES } from "../../shared/domain/connections/connection";
import { SUBSCRIPTION_SCOPE } from "../../shared/domain/exports/subscription";
import type { DocumentSchema, KlaviyoDocument } from "./document";
import type { OurCall } from "./our-calls";
import type { Finding, Validator } from "./validator";

/** Statuses that a call's answer may have when it is read by its schema. */
const SUCCESSES = [200, 201, 202, 204];

/** Limits that the document states in words only, of a call that asks for more than the operation's usual answer. */
const LIMITS_IN_WORDS: ReadonlySet<string> = new Set(["getListSize"]);

/** Where a document differs from what the exporter asks and reads. */
export function compareCalls(
  document: KlaviyoDocument,
  validator: Validator,
  calls: readonly OurCall[],
): readonly Finding[] {
  const known: ReadonlySet<string> = new Set([...REQUIRED_SCOPES, SUBSCRIPTION_SCOPE]);
  return calls.flatMap((call) => {
    const asked = validator.request({
      method: call.method,
      target: call.path,
      requestBody: call.body ?? "",
      revision: document.revision,
      status: 0,
      answerBody: "",
    });
    const operation = document.operationOf(
      call.method,
      new URL(call.path, "http://klaviyo").pathname,
    );
    if (operation === undefined) {
      return asked.map((finding) => named(call, finding));
    }
    const { limits, scopes } = operation;
    const found: Finding[] = [...asked];
    if (call.limits !== undefined && limits !== undefined && !LIMITS_IN_WORDS.has(call.name)) {
      for (const window of ["burst", "steady"] as const) {
        if (call.limits[window] !== limits[window]) {
          found.push({
            place: `${call.method} ${operation.path} ${window}`,
            text: `the document allows ${String(limits[window])}, the exporter paces for ${String(call.limits[window])}`,
          });
        }
      }
    }
    const unasked = scopes.filter((scope) => !known.has(scope));
    if (unasked.length > 0) {
      const text = `the operation needs ${unasked.join(", ")}, which connections are not asked for`;
      found.push({ place: `${call.method} ${operation.path} scopes`, text });
    }
    const answer = SUCCESSES.map((status) => operation.answerOf(status)).find(
      ({ kind }) => kind === "body",
    );
    if (answer?.kind === "body") {
      const place = `${call.method} ${operation.path} answer`;
      const differing = unreadable(document, answer.schema, readBy(call.answer), place);
      // What is asked for by name has its place in the parameter's list of names.
      const asideNames = additionalFields(call);
      found.push(...differing.filter((one) => !asideNames.has(one.place.split("/").at(-1) ?? "")));
    }
    return found.map((finding) => named(call, finding));
  });
}

function named({ name }: OurCall, { place, text }: Finding): Finding {
  return { place: `${name}: ${place}`, text };
}

/** The fields that a call asks for beyond the usual ones; the document describes answers without them. */
function additionalFields({ path }: OurCall): ReadonlySet<string> {
  const { searchParams } = new URL(path, "http://klaviyo");
  return new Set(
    [...searchParams]
      .filter(([name]) => name.startsWith("additional-fields["))
      .flatMap(([, value]) => value.split(",")),
  );
}

/** What a schema reads, as JSON Schema. */
function readBy(schema: z.ZodType): DocumentSchema {
  return { ...z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) };
}

/** Members that are read and that the document does not have, or has in another type or with further values. */
function unreadable(
  document: KlaviyoDocument,
  described: DocumentSchema,
  read: DocumentSchema,
  place: string,
): Finding[] {
  const schema = document.resolve(described);
  const form = withoutNull(read);
  const enumeration = form["enum"];
  const values = schema["enum"];
  if (Array.isArray(enumeration) && Array.isArray(values)) {
    const unknown = values.filter((value) => !enumeration.includes(value));
    return unknown.length === 0
      ? []
      : [{ place, text: `the document also has ${unknown.map(String).join(", ")}` }];
  }
  const type = form["type"];
  const written = schema["type"];
  if (typeof type === "string" && typeof written === "string" && !isReadAs(written, type)) {
    return [{ place, text: `the document says ${written}, ${type} is read` }];
  }
  const items = firstItem(form);
  const writtenItems = schema["items"];
  if (items !== undefined && isSchema(writtenItems)) {
    return unreadable(document, writtenItems, items, `${place}/0`);
  }
  const members = form["properties"];
  if (!isSchema(members)) {
    return [];
  }
  const writtenMembers = membersOf(document, schema);
  if (writtenMembers === undefined) {
    return [];
  }
  return Object.entries(members).flatMap(([name, member]) => {
    const found = writtenMembers[name];
    if (!isSchema(found)) {
      return [{ place: `${place}/${name}`, text: "the document does not have it" }];
    }
    return isSchema(member) ? unreadable(document, found, member, `${place}/${name}`) : [];
  });
}

/** The members of an object, those of all parts of it; undefined where the document names none. */
function membersOf(document: KlaviyoDocument, schema: DocumentSchema): DocumentSchema | undefined {
  const parts = ["allOf", "oneOf", "anyOf"].flatMap((key) => {
    const value = schema[key];
    return Array.isArray(value) ? value.filter(isSchema) : [];
  });
  const own = schema["properties"];
  const all = [
    ...(isSchema(own) ? [own] : []),
    ...parts.flatMap((part) => membersOf(document, document.resolve(part)) ?? []),
  ];
  return all.length === 0 ? undefined : Object.assign({}, ...all);
}

function isSchema(value: unknown): value is DocumentSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function withoutNull(schema: DocumentSchema): DocumentSchema {
  const choices = schema["anyOf"];
  if (!Array.isArray(choices)) {
    return schema;
  }
  const others = choices.filter(isSchema).filter((choice) => choice["type"] !== "null");
  return others.length === 1 ? (others[0] ?? schema) : {};
}

/** What an array's entries are read as, of a tuple the first. */
function firstItem(schema: DocumentSchema): DocumentSchema | undefined {
  const prefix = schema["prefixItems"];
  const candidates = Array.isArray(prefix) ? prefix : [schema["items"]];
  return candidates.find(isSchema);
}

function isReadAs(written: string, read: string): boolean {
  return written === read || (written === "integer" && read === "number");
}
