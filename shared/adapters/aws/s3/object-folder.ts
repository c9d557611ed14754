import {
  HeadObjectCommand,
  ListObjectsV2Command,
  S3ServiceException,
  type S3Client,
} from "@aws-sdk/client-s3";
import { fixedReasons } from "../../../domain/problems/reasons";
import { DomainError } from "../../../domain/problems/problem";
import { placeText } from "../../../domain/sources/readable-sources";
import type { S3Place } from "../../../domain/sources/source";
import type { FolderObject, ObjectFolder } from "../../../ports";
import { awsFailure } from "../aws-failure";
import { isChange, openObject } from "./object-body";
import { folderObject } from "../../folder-object";

/** A folder of a bucket. */
export function createS3Folder(client: S3Client, place: S3Place): ObjectFolder {
  const { bucket: Bucket, folder } = place;
  const prefix = folder === "" ? "" : `${folder}/`;

  async function asked<Answer>(operation: string, ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      throw refusalOf(error, place) ?? awsFailure(operation, error);
    }
  }

  return {
    async find(path) {
      const found = await asked("HeadObject", async () => {
        try {
          return await client.send(new HeadObjectCommand({ Bucket, Key: prefix + path }));
        } catch (error) {
          // A bucket that is not there answers in the same way: whether it is, listing it tells.
          if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) {
            await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1, Prefix: prefix }));
            return undefined;
          }
          throw error;
        }
      });
      return found === undefined
        ? undefined
        : folderObject(path, found.ContentLength, found.ETag, found.LastModified);
    },

    async list(below, most) {
      const within = below === "" ? prefix : `${prefix}${below}/`;
      const folders: string[] = [];
      const objects: FolderObject[] = [];
      let next: string | undefined;
      do {
        const page = await asked("ListObjectsV2", () =>
          client.send(
            new ListObjectsV2Command({
              Bucket,
              Prefix: within,
              Delimiter: "/",
              ContinuationToken: next,
            }),
          ),
        );
        for (const { Prefix = "" } of page.CommonPrefixes ?? []) {
          folders.push(Prefix.slice(within.length, -1));
        }
        for (const { Key = "", Size, ETag, LastModified } of page.Contents ?? []) {
          const object = folderObject(Key.slice(prefix.length), Size, ETag, LastModified);
          if (object !== undefined && Key !== within) {
            objects.push(object);
          }
        }
        next = page.NextContinuationToken;
      } while (next !== undefined && folders.length + objects.length <= most);
      return {
        folders: folders.slice(0, most),
        objects: objects.slice(0, most),
        complete: next === undefined && folders.length + objects.length <= most,
      };
    },

    async open({ path, version }, changed) {
      try {
        const input = { Bucket, Key: prefix + path, IfMatch: version };
        return await openObject(client, input, { changed });
      } catch (error) {
        throw isChange(error)
          ? changed()
          : (refusalOf(error, place) ?? awsFailure("GetObject", error));
      }
    },
  };
}

/** What only a person can put right; undefined for what passes. */
function refusalOf(error: unknown, place: S3Place): DomainError | undefined {
  if (!(error instanceof S3ServiceException)) {
    return undefined;
  }
  if (error.name === "NoSuchBucket") {
    return new DomainError("sourcePlaceMissing", { place: placeText(place) });
  }
  return error.$metadata.httpStatusCode === 403
    ? new DomainError("sourceForbidden", {
        place: placeText(place),
        reason: fixedReasons.bucketForbids,
      })
    : undefined;
}
