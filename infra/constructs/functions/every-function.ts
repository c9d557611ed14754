import {
  functionDefinitions,
  functionNames,
  type FunctionName,
} from "../../../functions/definitions";
import {
  needName,
  type FunctionDefinition,
  type WorkSource,
} from "../../../shared/config/function-definition";

export function definitionOf(name: FunctionName): FunctionDefinition {
  return functionDefinitions[name];
}

/** A value for each function, made in the order of the index. */
export function forEveryFunction<Value>(
  make: (name: FunctionName, definition: FunctionDefinition) => Value,
): Readonly<Record<FunctionName, Value>> {
  const made: Partial<Record<FunctionName, Value>> = {};
  for (const name of functionNames) {
    made[name] = make(name, definitionOf(name));
  }
  if (!isComplete(made)) {
    throw new Error("A function of the index was left out.");
  }
  return made;
}

function isComplete<Value>(
  made: Partial<Record<FunctionName, Value>>,
): made is Record<FunctionName, Value> {
  return functionNames.every((name) => name in made);
}

/** The functions that read the sources which administrators have made. */
export function readersOfSources(): readonly FunctionName[] {
  return functionNames.filter((name) =>
    definitionOf(name).needs.some((needed) =>
      ["sources", "sourceModels"].includes(needName(needed)),
    ),
  );
}

/** The one function that something starts. Throws when there is none, or several. */
export function workerOn(source: WorkSource): FunctionName {
  const [worker, ...others] = functionNames.filter((name) => {
    const definition = definitionOf(name);
    return definition.kind === "job" && definition.worksOn === source;
  });
  if (worker === undefined || others.length > 0) {
    throw new Error(
      `One function works on ${source}, not ${others.length === 0 ? "none" : "several"}.`,
    );
  }
  return worker;
}
