import { CreateBucketCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { createRunFiles } from "../../../../shared/adapters/aws/s3/run-files";
import { REJECTION_COLUMNS } from "../../../../shared/domain/runs/rejection";
import { useObjects } from "../backends";

const [bucket, key] = ["work", "reports/run-1/rejections.csv"];
// As `csv-report.ts` writes it: a byte-order mark, every cell but the number quoted, CRLF.
const report = [
  `\uFEFF${REJECTION_COLUMNS.join(",")}`,
  '"customers","a.csv",3,"","blank","export","emailBlank","The row has no email address."',
  '"vip","ü ""b"".csv",17,"\'=jörg@example","invalid","export","emailInvalid","Malformed, or long."',
  '"","","","","refused","klaviyo","refusalUnmatched","Klaviyo refused a profile."',
  "",
].join("\r\n");
const size = Buffer.byteLength(report);

const objects = useObjects();
let client: S3Client;
beforeAll(async () => {
  client = objects.client();
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: report }));
});

async function rowsFrom(place: number) {
  const rows = [];
  for await (const placed of (await createRunFiles(client, bucket).rejectionRows(key, place))!) {
    rows.push(placed);
  }
  return rows;
}

describe("the rows of a rejection report", () => {
  it("are read with what is in their cells, whatever it is", async () => {
    expect((await rowsFrom(0)).map(({ row }) => row)).toEqual([
      {
        ...{ segment: "customers", file: "a.csv", row: 3, email: "", category: "blank" },
        ...{ refusedBy: "export", code: "emailBlank", text: "The row has no email address." },
      },
      {
        ...{ segment: "vip", file: 'ü "b".csv', row: 17, email: "'=jörg@example" },
        ...{ category: "invalid", refusedBy: "export", code: "emailInvalid" },
        text: "Malformed, or long.",
      },
      {
        ...{ segment: "", file: "", email: "", category: "refused", refusedBy: "klaviyo" },
        ...{ code: "refusalUnmatched", text: "Klaviyo refused a profile." },
      },
    ]);
  });

  it("go on from behind any of them as if the others had been read too", async () => {
    const all = await rowsFrom(0);
    for (const [index, { next }] of all.entries()) {
      expect(await rowsFrom(next)).toEqual(all.slice(index + 1));
    }
    expect(all.at(-1)?.next).toBe(size);
  });

  it("begin nowhere else: every other place is refused as no earlier page's", async () => {
    const places = new Set([0, ...(await rowsFrom(0)).map(({ next }) => next)]);
    // Behind the header too, where no page ends.
    places.add(Buffer.byteLength(`\uFEFF${REJECTION_COLUMNS.join(",")}\r\n`));
    for (let place = 1; place <= size + 3; place += 1) {
      if (!places.has(place)) {
        await expect(rowsFrom(place)).rejects.toMatchObject({
          ...{ problem: { code: "invalidRequest" }, field: "/after" },
        });
      }
    }
  });

  it("are none of a report that is no longer kept", async () => {
    const files = createRunFiles(client, bucket);
    expect(await files.rejectionRows("reports/run-9/rejections.csv", 0)).toBeUndefined();
  });
});
