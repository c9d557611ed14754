import {
  environmentSchema,
  type EnvironmentOf,
  type FunctionDefinition,
} from "../../shared/config/function-definition";

/**
 * The function's environment variables, as its needs have them. Throws a `ZodError` that names those that are missing
 * or wrong.
 */
export function environmentOf<Definition extends FunctionDefinition>(
  definition: Definition,
): EnvironmentOf<Definition>;
// The compiler can't follow how the schema is put together: a test compares it with the needs.
export function environmentOf(definition: FunctionDefinition): unknown {
  return environmentSchema(definition).parse(process.env);
}
