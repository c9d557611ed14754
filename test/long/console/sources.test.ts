import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startConsoleSystem, type ConsoleSystem } from "../../browser/support/console";
import { exportModel } from "../../support/files/export-model";

const Bucket = "customer-insights-exports";

describe("sources in the console", () => {
  let console: ConsoleSystem;
  beforeAll(async () => {
    console = await startConsoleSystem();
    const { s3 } = console.system.clients;
    await s3.send(new CreateBucketCommand({ Bucket }));
    const file = "HighValue/2026/11/26/0600/HighValue_1.csv";
    const Body = "CustomerId,EMail,Spent\n1,ann@example.com,1.5\n";
    await s3.send(new PutObjectCommand({ Bucket, Key: `copied/${file}`, Body }));
    const model = exportModel([{ files: [file] }]);
    await s3.send(new PutObjectCommand({ Bucket, Key: "copied/model.json", Body: model }));
  });
  afterAll(() => console.close());

  it("are added once they can be read, shown with their segments, checked, and removed while nobody uses them", async () => {
    const { page, problems, violations, close } = await console.open({
      person: "Administrator",
      at: "/sources",
    });
    await page.getByRole("link", { name: "Segments bucket" }).waitFor();

    await page.getByRole("button", { name: "Add source" }).first().click();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("Insights");
    await page.getByRole("textbox", { name: "Directory (tenant) id" }).fill("no id");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("It looks like 72f988bf", { exact: false }).first().waitFor();
    await page.getByText("A storage account's name has", { exact: false }).waitFor();
    expect(await violations()).toEqual([]);

    await page.getByRole("radio", { name: "In a bucket of S3" }).click();
    await page.getByRole("textbox", { name: "Bucket" }).fill(Bucket);
    await page.getByRole("textbox", { name: "Folder with model.json" }).fill("elsewhere");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("holds no model.json", { exact: false }).waitFor();
    await page.getByRole("textbox", { name: "Folder with model.json" }).fill("copied");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Insights is added, with 1 segment.").waitFor();

    await page.getByRole("link", { name: "Insights", exact: true }).click();
    await page.getByRole("link", { name: "insights:HighValue" }).waitFor();
    await page.getByText("The functions' own roles").waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole("button", { name: "Check now" }).click();

    const { system } = console;
    const exportId = await system.createExport(await system.createConnection(), {
      segments: ["insights:HighValue"],
      mapping: { email: "EMail" },
    });
    await page.getByRole("button", { name: "Delete" }).click();
    const dialog = page.getByRole("dialog", { name: "Remove Insights?" });
    await dialog.getByRole("button", { name: "Delete" }).click();
    await dialog.getByText(exportId, { exact: false }).first().waitFor();
    await system.call("DELETE", `/exports/${exportId}`);
    await dialog.getByRole("button", { name: "Delete" }).click();
    await page.getByText("Insights is removed.").waitFor();
    expect(new URL(page.url()).pathname).toBe("/sources");
    // What is refused on purpose the browser reports.
    expect(problems.filter((text) => !/status of 4\d\d/.test(text))).toEqual([]);
    await close();
  });

  it("are not among the places of who may not see them", async () => {
    const { page, close } = await console.open({ person: "Contributor" });
    await page.getByRole("link", { name: "Segments", exact: true }).first().waitFor();
    expect(await page.getByRole("link", { name: "Sources", exact: true }).count()).toBe(0);
    await close();
  });
});
