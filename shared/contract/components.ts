import * as z from "zod";

/** What the API's description says of a schema beyond what the schema itself tells. */
export interface SchemaDescription {
  /** Name under which the description has the schema once, and refers to it elsewhere. */
  readonly id?: string;
  readonly description?: string;
  /** Stands in the description in place of the schema, such as a number that a query writes as text. */
  readonly documentedAs?: Readonly<Record<string, unknown>>;
}

export const componentSchemas = z.registry<SchemaDescription>();
