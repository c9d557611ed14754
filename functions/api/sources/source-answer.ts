import {
  sourceAnswerSchema,
  type SourceAnswer,
} from "../../../shared/contract/answers/source-answer";
import { stateOfSource, type MadeSource } from "../../../shared/domain/sources/source";
import { BUILT_IN_SOURCE } from "../../../shared/domain/sources/source-names";
import type { SourceView } from "../../../shared/use-cases/sources/create-source";

/** A source as an administrator is shown it. */
export function presentSource({ source, finding }: SourceView): SourceAnswer {
  const { foundAt, foundBy, ...found } = finding ?? {};
  return sourceAnswerSchema.parse({
    ...found,
    ...source,
    builtIn: false,
    state: stateOfSource(found),
    stateFoundAt: foundAt,
    stateFoundBy: foundBy,
  });
}

/** The segments bucket, which is always there. */
export function presentBuiltIn(bucket: string): SourceAnswer {
  return {
    sourceId: BUILT_IN_SOURCE,
    kind: "bucket",
    displayName: "Segments bucket",
    builtIn: true,
    place: { kind: "s3", bucket, folder: "segments" },
    credential: { kind: "none" },
    state: "working",
  };
}

/** A source as the audit log keeps it. */
export function auditedSource({
  sourceId,
  displayName,
  place,
  credential: { kind },
  version,
}: MadeSource): object {
  return { sourceId, displayName, place, credential: kind, version };
}
