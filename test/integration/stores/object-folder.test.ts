import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { CreateBucketCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import {
  ContainerSASPermissions,
  generateBlobSASQueryParameters,
  StorageSharedKeyCredential,
  type ContainerClient,
} from "@azure/storage-blob";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import {
  startAzureStorage,
  type AzureStorage,
} from "../../../infra/local/emulators/azure/azure-storage";
import { createListedFolder } from "../../../shared/adapters/aws/s3/listed-folder";
import { createS3Folder } from "../../../shared/adapters/aws/s3/object-folder";
import { createBlobFolder } from "../../../shared/adapters/azure/blob-folder";
import type { AzurePlace } from "../../../shared/domain/sources/source";
import type { ObjectFolder } from "../../../shared/ports";
import { azureContainer } from "../../support/files/azure-container";
import { useObjects } from "./backends";

const objects = useObjects();
let directory: string;
let azure: AzureStorage;
let client: S3Client;
let container: ContainerClient;
let made = 0;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "object-folder-"));
  azure = await startAzureStorage(directory);
  client = objects.client();
});
afterAll(async () => {
  await azure.close();
  await rm(directory, { recursive: true });
});
beforeEach(async () => {
  made += 1;
  await client.send(new CreateBucketCommand({ Bucket: `folders-${made}` }));
  container = await azureContainer(azure, `folders-${made}`);
});

const place = (changes: Partial<AzurePlace> = {}): AzurePlace => ({
  kind: "azure",
  account: azure.account,
  container: `folders-${made}`,
  folder: "an/export",
  ...changes,
});
const byKey = () => ({ kind: "accountKey", accountKey: azure.accountKey }) as const;
/** A token that is good for so many minutes. */
const byToken = (permissions: string, minutes: number) => {
  const credential = new StorageSharedKeyCredential(azure.account, azure.accountKey);
  const query = generateBlobSASQueryParameters(
    {
      containerName: `folders-${made}`,
      permissions: ContainerSASPermissions.parse(permissions),
      expiresOn: new Date(Date.now() + minutes * 60_000),
    },
    credential,
  );
  return { kind: "sasToken", sasToken: String(query) } as const;
};

interface Storage {
  readonly folder: (below?: string) => ObjectFolder;
  readonly put: (path: string, content: string) => Promise<unknown>;
}
const inS3 = (folder = "an/export"): ObjectFolder =>
  createS3Folder(client, { kind: "s3", bucket: `folders-${made}`, folder });
const putInS3 = (key: string, content: string) =>
  client.send(
    new PutObjectCommand({
      Bucket: `folders-${made}`,
      Key: key,
      Body: content,
      ContentLength: content.length,
    }),
  );
const storages: [string, Storage][] = [
  ["S3", { folder: inS3, put: putInS3 }],
  [
    "S3, whose files are looked for in lists",
    { folder: (below) => createListedFolder(inS3(below)), put: putInS3 },
  ],
  [
    "Azure",
    {
      folder: (folder = "an/export") => createBlobFolder(place({ folder }), byKey(), azure.url),
      put: (name, content) => container.getBlockBlobClient(name).upload(content, content.length),
    },
  ],
];
const changed = (): Error => new Error("changed");

describe.each(storages)("a folder in %s", (_name, { folder, put }) => {
  it("finds what lies at a path in it, and opens exactly that version", async () => {
    await put("an/export/a b/ü_1.csv", "first");
    await put("a b/ü_1.csv", "outside");
    const found = await folder().find("a b/ü_1.csv");
    expect(found).toMatchObject({ path: "a b/ü_1.csv", bytes: 5 });
    expect(await folder().find("a b/ü_2.csv")).toBeUndefined();
    expect(await folder("").find("an/export/a b/ü_1.csv")).toMatchObject({ bytes: 5 });

    const object = found ?? { path: "", version: "" };
    expect(await text(await folder().open(object, changed))).toBe("first");
    await put("an/export/a b/ü_1.csv", "second");
    await expect(folder().open(object, changed)).rejects.toThrow("changed");
  });

  it("is told when what it opens is deleted", async () => {
    const object = { path: "gone.csv", version: '"0x1"' };
    await expect(folder().open(object, changed)).rejects.toThrow("changed");
  });

  it("lists one level, folders and files apart, and no more than asked for", async () => {
    await put("an/export/model.json", "{}");
    await put("an/export/T/2026/11/T_1.csv", "a");
    await put("an/export/T/2025/11/T_1.csv", "a");
    await put("an/exports/other.csv", "a");
    const root = await folder().list("", 10);
    expect([root.folders, root.objects.map((object) => object.path), root.complete]).toEqual([
      ["T"],
      ["model.json"],
      true,
    ]);
    expect([...(await folder().list("T", 10)).folders].toSorted()).toEqual(["2025", "2026"]);
    expect((await folder().list("T/2026/11", 10)).objects[0]?.path).toBe("T/2026/11/T_1.csv");
    expect(await folder().list("T", 1)).toMatchObject({ complete: false });
    expect(await folder().list("none", 10)).toMatchObject({ folders: [], objects: [] });
  });

  it("opens what takes many pieces", async () => {
    const content = "0123456789".repeat(1_000_000);
    await put("an/export/large.csv", content);
    const found = await folder().find("large.csv");
    expect(await text(await folder().open(found ?? { path: "", version: "" }, changed))).toBe(
      content,
    );
  });
});

it("files that are looked for in lists are asked for by no request of their own", async () => {
  const asked: string[] = [];
  client.middlewareStack.add(
    (next, { commandName }) =>
      (input) => {
        asked.push(commandName ?? "");
        return next(input);
      },
    { step: "initialize", name: "asked" },
  );
  await putInS3("an/export/model.json", "{}");
  await putInS3("an/export/T/1.csv", "a");
  await putInS3("an/export/T/2.csv", "a");
  asked.length = 0;
  const folder = createListedFolder(inS3());
  for (const path of ["model.json", "T/1.csv", "T/2.csv"]) {
    expect(await folder.find(path)).toMatchObject({ path });
  }
  expect(await folder.find("T/3.csv")).toBeUndefined();
  client.middlewareStack.remove("asked");
  // To ask for a file's properties takes the right to read it.
  expect(asked).toEqual(["HeadObjectCommand", "ListObjectsV2Command"]);
});

it("a bucket that is not there is told", async () => {
  const folder = createS3Folder(client, { kind: "s3", bucket: "no-such-bucket", folder: "" });
  await expect(folder.find("model.json")).rejects.toMatchObject({
    problem: { code: "sourcePlaceMissing" },
  });
});

describe("Azure's storage", () => {
  it("passes over the empty blobs that stand for folders", async () => {
    await container
      .getBlockBlobClient("an/export/T")
      .upload("", 0, { metadata: { hdi_isfolder: "true" } });
    const folder = createBlobFolder(place(), byKey(), azure.url);
    expect(await folder.find("T")).toBeUndefined();
    expect((await folder.list("", 10)).objects).toEqual([]);
  });

  it("lets in by a token that may read and list", async () => {
    await container.getBlockBlobClient("an/export/model.json").upload("{}", 2);
    const folder = createBlobFolder(place(), byToken("rl", 10), azure.url);
    expect(await folder.find("model.json")).toMatchObject({ bytes: 2 });
    expect((await folder.list("", 10)).objects).toHaveLength(1);
  });

  it.each([
    ["a token that has expired", "sourceForbidden", () => byToken("rl", -10)],
    ["a token that may not read", "sourceForbidden", () => byToken("l", 10)],
    [
      "another account's key",
      "sourceForbidden",
      () => ({ kind: "accountKey", accountKey: Buffer.alloc(64, 1).toString("base64") }) as const,
    ],
  ])("refuses %s by name, and never tells it", async (_what, code, credential) => {
    await container.getBlockBlobClient("an/export/model.json").upload("{}", 2);
    const given = credential();
    const folder = createBlobFolder(place(), given, azure.url);
    const refused: unknown = await folder.find("model.json").catch((error: unknown) => error);
    expect(refused).toMatchObject({ problem: { code } });
    const secret = "sasToken" in given ? given.sasToken : given.accountKey;
    expect(JSON.stringify(refused)).not.toContain(secret);
  });

  it("says that a container is not there, and that nobody answers", async () => {
    const missing = createBlobFolder(place({ container: "no-such" }), byKey(), azure.url);
    await expect(missing.find("model.json")).rejects.toMatchObject({
      problem: { code: "sourcePlaceMissing" },
    });
    const nobody = createBlobFolder(place(), byKey(), "http://127.0.0.1:1");
    await expect(nobody.find("model.json")).rejects.toMatchObject({
      problem: { code: "sourceUnavailable" },
    });
  });
});
