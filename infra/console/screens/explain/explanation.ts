import type { AnswerOf } from "../../../client/operations";

export type ExplanationAnswer = AnswerOf<"explainProfile">;

/** What the segments hold of a person, where they could be searched. */
export type SearchedRows = Extract<ExplanationAnswer["segments"], { readonly kind: "searched" }>;
