import type * as z from "zod";
import type { ApiRoute } from "../../shared/config/api-routes";
import type { apiContract } from "../../shared/contract/contract";

/** The API's operations, typed by their contracts. Nothing but types: a bundle has nothing of the schemas. */

/** A function for each operation, which asks the API for it. */
export type Operations = { readonly [Name in OperationName]: Operation<Name> };

/** An operation by the name that the API's description gives it. */
type OperationName = ApiRoute["action"];

type Operation<Name extends OperationName> =
  Partial<RequestOf<Name>> extends RequestOf<Name>
    ? (request?: RequestOf<Name>) => Promise<AnswerOf<Name>>
    : (request: RequestOf<Name>) => Promise<AnswerOf<Name>>;

/** What an operation takes; parts that may be left out are optional. */
export type RequestOf<Name extends OperationName> = Part<"path", PartOf<Name, "path">> &
  Part<"query", QueryOf<ContractOf<Name>["query"]>> &
  Part<"body", BodyOf<Name>> &
  (Routes[Name] extends { readonly conditional: true } ? Conditional : unknown) &
  (Routes[Name] extends { readonly idempotent: true } ? Idempotent : unknown) &
  Ended;

/** The body that an operation takes. */
type BodyOf<Name extends OperationName> = PartOf<Name, "body">;

/** What an operation answers. A reader must expect fields that it does not know. */
export type AnswerOf<Name extends OperationName> = z.output<ContractOf<Name>["answer"]["schema"]>;

interface Ended {
  /** Ends the waiting for an answer. */
  readonly signal?: AbortSignal | undefined;
}

interface Conditional {
  /** The version that is to be replaced: the change is refused when somebody else was faster. */
  readonly ifMatch?: number | undefined;
}

interface Idempotent {
  /** By which the API knows a repetition. @default a new one for each call, which the call's own repetitions share */
  readonly idempotencyKey?: string | undefined;
}

type Routes = { [Route in ApiRoute as Route["action"]]: Route };
type Keys = { [Route in ApiRoute as Route["action"]]: `${Route["method"]} ${Route["path"]}` };
type ContractOf<Name extends OperationName> = (typeof apiContract)[Keys[Name]];
type PartOf<Name extends OperationName, Key extends "path" | "body"> = z.input<
  ContractOf<Name>[Key]
>;

/** A part that holds nothing is not there; one that needs to hold nothing may be left out. */
type Part<Name extends string, Value> = string extends keyof Value
  ? unknown
  : Partial<Value> extends Value
    ? Readonly<Partial<Record<Name, Value | undefined>>>
    : undefined extends Value
      ? Readonly<Partial<Record<Name, Value>>>
      : Readonly<Record<Name, Value>>;

/** A query's values may be given as they are written, or as what they are read as. */
type QueryOf<Schema extends z.ZodType> = {
  readonly [Name in keyof z.input<Schema>]:
    | z.input<Schema>[Name]
    | (Name extends keyof z.output<Schema> ? z.output<Schema>[Name] : never);
};
