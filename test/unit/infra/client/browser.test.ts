import { expect, test } from "@jest/globals";
import path from "node:path";
import { build } from "esbuild";

const root = path.resolve(__dirname, "../../../..");

test("the client is fit for a browser: a few kilobytes, without schemas or anything of Node's", async () => {
  const { metafile, outputFiles } = await build({
    stdin: {
      contents: 'export * from "./client"; export * from "../../shared/domain/paging/every-page";',
      resolveDir: path.join(root, "infra/client"),
    },
    ...{ bundle: true, minify: true, write: false, metafile: true },
    ...{ platform: "browser", format: "esm", absWorkingDir: root },
  });
  expect(Object.keys(metafile.inputs).sort()).toEqual([
    "<stdin>",
    "infra/client/client.ts",
    "shared/config/api-routes.ts",
    "shared/domain/paging/every-page.ts",
  ]);
  expect(outputFiles[0]!.contents.length).toBeLessThan(8_192);
});
