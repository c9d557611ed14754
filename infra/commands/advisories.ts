import { spawnSync } from "node:child_process";
import * as z from "zod";
import { parseJson } from "../../shared/domain/text/parse-json";

/**
 * `npm run advisories`: asks the npm registry which of the installed packages have known vulnerabilities. Exit
 * codes: 0 none, 1 some, 3 the registry could not be asked, which says nothing about the packages.
 */
const reportSchema = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      severity: z.string(),
      range: z.string(),
      isDirect: z.boolean(),
      fixAvailable: z.union([z.boolean(), z.object({ name: z.string(), version: z.string() })]),
    }),
  ),
});

function ask(): 0 | 1 | 3 {
  const { stdout, stderr } = spawnSync("npm", ["audit", "--json", "--audit"], {
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const report = reportSchema.safeParse(parseJson(stdout));
  if (!report.success) {
    const [reason = "no reason given"] = stderr.split("\n").filter((line) => line !== "");
    console.error(
      `NOT CHECKED: the npm registry could not be asked for advisories (${reason}). ` +
        "Ask one that answers: npm run advisories --registry URL",
    );
    return 3;
  }
  const found = Object.entries(report.data.vulnerabilities);
  for (const [name, { severity, range, isDirect, fixAvailable }] of found) {
    const fix = fixAvailable === false ? "no fix yet" : "npm audit fix";
    console.error(`${severity}: ${name} ${range} (${isDirect ? "direct" : "indirect"}); ${fix}`);
  }
  console.error(`${String(found.length)} packages with known vulnerabilities.`);
  return found.length === 0 ? 0 : 1;
}

process.exitCode = ask();
