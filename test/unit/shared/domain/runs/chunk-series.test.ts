import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  bodyRange,
  firstChunkOf,
  packSeries,
  SERIES_CHUNKS,
  SERIES_HEAD_BYTES,
  seriesOf,
} from "../../../../../shared/domain/runs/chunk-series";
import { CHUNK_MAX_BYTES } from "../../../../../shared/domain/runs/chunk";

const series = fc.integer({ min: 1, max: 5_000 });
const piece = fc.uint8Array({ minLength: 1, maxLength: 40 });
const bodies = fc.array(fc.array(piece, { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: SERIES_CHUNKS,
});

describe("a series of chunks", () => {
  it("gives each chunk's body back as it went in", () => {
    fc.assert(
      fc.property(series, bodies, (number, packed) => {
        const object = packSeries(packed);
        const head = object.subarray(0, SERIES_HEAD_BYTES);
        packed.forEach((pieces, index) => {
          const { from, length } = bodyRange(head, firstChunkOf(number) + index);
          expect(object.subarray(from, from + length)).toEqual(Buffer.concat(pieces));
        });
      }),
    );
  });

  it("has each chunk in one of them, in order", () => {
    const chunks = Array.from({ length: 3 * SERIES_CHUNKS }, (_, index) => index + 1);
    const found = chunks.map(seriesOf);
    expect(found).toEqual(found.toSorted((one, other) => one - other));
    for (const number of [1, 2, 3]) {
      expect(chunks[found.indexOf(number)]).toBe(firstChunkOf(number));
      expect(found.filter((one) => one === number)).toHaveLength(SERIES_CHUNKS);
    }
  });

  it("has room in its head for the lengths of the largest bodies", () => {
    const largest = Array.from({ length: SERIES_CHUNKS }, () => [
      new Uint8Array(CHUNK_MAX_BYTES / 100),
    ]);
    // A hundredth has two digits less: they are counted for each.
    const { length } = packSeries(largest).subarray(0, SERIES_HEAD_BYTES).toString().trimEnd();
    expect(length + 2 * SERIES_CHUNKS).toBeLessThan(SERIES_HEAD_BYTES);
  });

  it.each([
    ["of another kind", Buffer.from('{"data":{"type":"profile-bulk-import-job"}}')],
    ["of no bytes", Buffer.alloc(0)],
  ])("is not guessed at when its head is %s", (_, head) => {
    expect(() => bodyRange(head, 1)).toThrow();
  });

  it("says so when it ends before the chunk", () => {
    const head = packSeries([[Buffer.from("one")], [Buffer.from("two")]]);
    expect(() => bodyRange(head.subarray(0, SERIES_HEAD_BYTES), 3)).toThrow(
      "the series of chunk 3 has 2",
    );
  });
});
