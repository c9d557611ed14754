/** A difference between document and traffic that is meant, and why. */
export interface KnownDifference {
  /** What a finding's place and text match. */
  readonly place: RegExp;
  readonly text: RegExp;
  readonly because: string;
}

export const knownDifferences: readonly KnownDifference[] = [
  {
    place: / 200\/links\/(?:prev|next)$/,
    text: /must be string/,
    because:
      "Recorded answers have null on a first and on a last page; the document has text only.",
  },
  {
    place: /^GET \/api\/lists\/\{id\}\/profiles 200\/data\/0\/attributes$/,
    text: /required property 'joined_group_at'/,
    because:
      "A sparse fieldset leaves out what it does not name; the document describes whole ones.",
  },
];
