import { isDeepStrictEqual } from "node:util";
import { GetCommand, PutCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { DomainError } from "../../../../domain/problems/problem";
import { madeSourceSchema, MOST_SOURCES, type MadeSource } from "../../../../domain/sources/source";
import type { SourceStore } from "../../../../ports";
import { awsCall, conditionalWrite } from "../../aws-failure";
import { readEach, readStored, reportToNobody, type ReportUnreadable } from "../stored-items";

/** The item of the settings table that holds all sources: few, and their names are unique among them. */
const SOURCES = "sources";

const registrySchema = z.object({
  version: z.number().int().nonnegative(),
  /** What a newer version has written stays as it is. */
  sources: z.array(z.looseObject({ sourceId: z.string(), displayName: z.string() })),
});
type Registry = z.infer<typeof registrySchema>;
type Entry = Registry["sources"][number];

/** Rounds of writing when others write at the same time. */
const WRITE_ATTEMPTS = 10;

/** Sources as one item, so that each change is one conditional write and names need no reservation. */
export function createSourceStore(
  client: DynamoDBDocumentClient,
  tableName: string,
  report: ReportUnreadable = reportToNobody,
): SourceStore {
  async function read(): Promise<Registry> {
    const { Item } = await awsCall("GetItem", () =>
      client.send(
        new GetCommand({ TableName: tableName, Key: { setting: SOURCES }, ConsistentRead: true }),
      ),
    );
    return Item === undefined
      ? { version: 0, sources: [] }
      : readStored("setting", SOURCES, () => registrySchema.parse(Item));
  }

  /** Changes the entries, whatever others do meanwhile; undefined when there is nothing to change. */
  async function change(
    changed: (entries: readonly Entry[]) => readonly Entry[] | undefined,
  ): Promise<boolean> {
    for (let attempt = 0; attempt < WRITE_ATTEMPTS; attempt += 1) {
      const { version, sources } = await read();
      const after = changed(sources);
      if (after === undefined) {
        return false;
      }
      const written = await conditionalWrite("PutItem", () =>
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: { setting: SOURCES, version: version + 1, sources: after },
            ConditionExpression: "attribute_not_exists(#version) OR #version = :expected",
            ExpressionAttributeNames: { "#version": "version" },
            ExpressionAttributeValues: { ":expected": version },
          }),
        ),
      );
      if (written !== undefined) {
        return true;
      }
    }
    throw new DomainError("sourceChanged");
  }

  return {
    async list() {
      const { sources } = await read();
      const idOf = (item: unknown): string =>
        registrySchema.shape.sources.element.parse(item).sourceId;
      return readEach(sources, { kind: "source", idOf, report }, (item) =>
        madeSourceSchema.parse(item),
      );
    },

    async get(sourceId) {
      const { sources } = await read();
      const entry = sources.find((source) => source.sourceId === sourceId);
      return entry === undefined
        ? undefined
        : readStored("source", sourceId, () => madeSourceSchema.parse(entry));
    },

    async create(source) {
      await change((entries) => {
        const same = entries.find(({ sourceId }) => sourceId === source.sourceId);
        if (same !== undefined) {
          // The write may have succeeded with its answer lost.
          if (isDeepStrictEqual(same, source)) {
            return undefined;
          }
          throw new DomainError("sourceIdTaken", { sourceId: source.sourceId }, "/id");
        }
        requireFreeName(entries, source);
        if (entries.length >= MOST_SOURCES) {
          throw new DomainError("tooManySources", { limit: MOST_SOURCES });
        }
        return [...entries, source];
      });
    },

    async update(changed, expectedVersion) {
      let isWritten = false;
      const written = await change((entries) => {
        const before = entries.find(({ sourceId }) => sourceId === changed.sourceId);
        if (before?.["version"] !== expectedVersion) {
          // The write may have succeeded with its answer lost.
          isWritten = isDeepStrictEqual(before, changed);
          return undefined;
        }
        requireFreeName(entries, changed);
        return entries.map((entry) => (entry === before ? changed : entry));
      });
      return written || isWritten;
    },

    async delete(sourceId) {
      await change((entries) =>
        entries.some((entry) => entry.sourceId === sourceId)
          ? entries.filter((entry) => entry.sourceId !== sourceId)
          : undefined,
      );
    },
  };
}

function requireFreeName(entries: readonly Entry[], { sourceId, displayName }: MadeSource): void {
  const isTaken = entries.some(
    (entry) => entry.sourceId !== sourceId && plain(entry.displayName) === plain(displayName),
  );
  if (isTaken) {
    throw new DomainError("displayNameTaken", { displayName }, "/displayName");
  }
}

function plain(name: string): string {
  return name.trim().normalize("NFC").toLowerCase();
}
