import { Readable } from "node:stream";
import { DomainError } from "../../../../shared/domain/problems/problem";
import type { SegmentDescription, SegmentFile } from "../../../../shared/domain/segments/segment";
import { summaryOf } from "../../../../shared/domain/segments/segment-summary";
import type { SegmentDescriptions, SegmentReader, SegmentSource } from "../../../../shared/ports";
import { pinOf } from "../../files/directory-files";
import { pageOf } from "./paging";

/** Segments of the files given; their bytes are all spaces. */
export function fakeSegmentSource(...given: SegmentFile[]): SegmentSource {
  const filesOf = (segment: string): readonly SegmentFile[] =>
    given
      .filter((file) => file.segment === segment)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  return {
    async list(page) {
      const names = [...new Set(given.map(({ segment }) => segment))].sort();
      const summaries = names.flatMap((name) => summaryOf(name, filesOf(name)) ?? []);
      return pageOf(summaries, ({ name }) => name, page);
    },
    exists: async (segment) => filesOf(segment).length > 0,
    pin: async (segment) => pinOf(segment, filesOf(segment)),
    async open({ segment, name, version }) {
      const file = filesOf(segment).find((other) => other.name === name);
      if (file?.version !== version) {
        throw new DomainError("segmentChanged", { segment, file: name });
      }
      return Readable.from([Buffer.alloc(file.bytes, " ")]);
    },
  };
}

/** Describes every segment as ten rows with a field `Email`. */
export function fakeSegmentReader(): SegmentReader {
  return {
    firstRows: async () => ({ fields: ["Email"], rows: [["a@example.com"]], cut: false }),
    async describe(summary, files, emailField) {
      if (emailField !== undefined && emailField !== "Email") {
        throw new DomainError("fieldMissing", {
          segment: summary.name,
          file: files[0]?.name ?? "",
          field: emailField,
          fields: "Email",
        });
      }
      return {
        ...summary,
        fields: [{ name: "Email", type: "text" }],
        suggestedEmailField: "Email",
        rows: 10,
        emailField: "Email",
        members: 9,
        warnings: [],
      };
    },
  };
}

export function fakeSegmentDescriptions(): SegmentDescriptions {
  const kept = new Map<string, SegmentDescription>();
  const keyOf = (files: readonly SegmentFile[], emailField: string | undefined): string =>
    JSON.stringify([
      files.map(({ name, version, columns }) => [name, version, columns]),
      emailField,
    ]);
  return {
    async readings(segment) {
      const found = [...kept.values()].findLast(({ name }) => name === segment);
      return (
        found &&
        new Map(
          found.fields.flatMap(({ name, reading }) =>
            reading === undefined ? [] : [[name, reading] as const],
          ),
        )
      );
    },
    refreshes: async (segment) =>
      [...kept.values()]
        .filter(({ name }) => name === segment)
        .map(({ refreshedAt, rows, members }) => ({
          ...{ refreshedAt, rows },
          ...(members === undefined ? {} : { members, emailField: "Email" }),
        })),
    get: async (files, emailField) => kept.get(keyOf(files, emailField)),
    async put(files, emailField, description) {
      kept.set(keyOf(files, emailField), description);
    },
  };
}
