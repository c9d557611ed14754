/** Longest record of a text file; a longer one is taken for damage rather than held in memory. */
export const MAX_RECORD_BYTES = 64_000_000;

export class RecordTooLong extends Error {
  override readonly name = "RecordTooLong";
  constructor() {
    super(`a record is longer than ${MAX_RECORD_BYTES / 1_000_000} MB`);
  }
}
