import {
  isMap,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
} from "yaml";
import type * as z from "zod";
import { check } from "../../../shared/contract/faults";
import { Failure } from "../failure";

/** A YAML or JSON text, and where in it everything stands. */
export interface LocatedText {
  /** Named in messages. */
  readonly file: string;
  readonly value: unknown;
  /** Line, from 1, of what lies at the path, or of the nearest that is there. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/** Reads YAML, of which JSON is a part. Throws `Failure` with the line at fault. */
export function readLocated(file: string, text: string): LocatedText {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
  });
  const [error] = document.errors;
  if (error !== undefined) {
    throw invalidFile(
      `${file}:${lines.linePos(error.pos[0]).line}`,
      `is not YAML: ${error.message}`,
    );
  }
  return {
    file,
    value: document.toJS(),
    lineOf: (path) => lines.linePos(offsetOf(document, path)).line,
  };
}

/** Checks a file's content. Throws `Failure` that names every fault with its path and line. */
export function checkLocated<Schema extends z.ZodType>(
  schema: Schema,
  located: LocatedText,
): z.output<Schema> {
  const checked = check(schema, located.value);
  if (checked.ok) {
    return checked.value;
  }
  throw new Failure({
    code: "fileInvalid",
    exit: "invalid",
    message: checked.faults
      .toSorted((one, other) => located.lineOf(one.path) - located.lineOf(other.path))
      .map(
        ({ path, text }) => `${located.file}:${located.lineOf(path)}: ${pathText(path)}: ${text}`,
      )
      .join("\n"),
  });
}

function invalidFile(place: string, text: string): Failure {
  return new Failure({ code: "fileInvalid", exit: "invalid", message: `${place}: ${text}` });
}

/** `exports[0].mapping.email` */
export function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
  return text === "" ? "the file" : text;
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(step),
      );
      if (pair === undefined) {
        return offset;
      }
      // A key's own line is where a reader looks, also when its value begins below.
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else {
      const inner: unknown = isCollection(node) ? node.get(Number(step), true) : undefined;
      if (inner === undefined || isPair(inner)) {
        return offset;
      }
      node = inner;
      offset = startOf(node) ?? offset;
    }
  }
  return offset;
}

function isCollection(node: unknown): node is { get: (key: unknown, keepScalar: true) => unknown } {
  return (
    typeof node === "object" && node !== null && "get" in node && typeof node.get === "function"
  );
}

function startOf(node: unknown): number | undefined {
  return isNodeWithRange(node) ? node.range?.[0] : undefined;
}

function isNodeWithRange(node: unknown): node is Node {
  return typeof node === "object" && node !== null && "range" in node;
}
