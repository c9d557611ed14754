import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { grantedPermissions, type GrantedPermission } from "../local/iam/granted-permissions";
import { permissionTable } from "../local/iam/permission-table";
import { reasonUnused } from "../local/iam/unused-permissions";
import { synthesizedAssembly } from "../local/template/synthesize";
import { loadTemplate } from "../local/template/template";
import { formatted } from "./formatted";

const file = path.join(__dirname, "../../docs/aws/permissions.md");

const help = `npm run permissions              writes docs/aws/permissions.md
npm run permissions -- --check DIRECTORY
    compares what is granted with what a run of all tests has used: they note that in the directory
    that PERMISSIONS_USED_IN names. Ends with 1 when a permission was granted and never used, or when a
    call was refused that no test expects to be refused.`;

const notedSchema = z.union([
  z.object({
    refused: z.literal(true),
    role: z.string(),
    action: z.string(),
    resource: z.string(),
  }),
  z.object({ role: z.string(), position: z.string(), action: z.string() }),
]);

/** Tests try to read customers' secrets that are not tagged for this stage. */
const expectedRefusal = /^secretsmanager:GetSecretValue .*:secret:mine\//;

function check(directory: string, granted: readonly GrantedPermission[]): boolean {
  const noted = readdirSync(directory)
    .flatMap((name) => readFileSync(path.join(directory, name), "utf8").trim().split("\n"))
    .filter((line) => line !== "")
    .map((line) => notedSchema.parse(JSON.parse(line)));
  const keyOf = (grant: { role: string; position: string; action: string }): string =>
    `${grant.role} ${grant.position} ${grant.action}`;
  const used = new Set(noted.flatMap((each) => ("refused" in each ? [] : keyOf(each))));
  const own = new Set(granted.map(({ role }) => role));
  const refused = noted.filter(
    (each) =>
      "refused" in each &&
      own.has(each.role) &&
      !expectedRefusal.test(`${each.action} ${each.resource}`),
  );
  const neverUsed = granted.filter(
    (grant) => reasonUnused(grant) === undefined && !used.has(keyOf(grant)),
  );
  for (const { holder, sid, action, resource } of neverUsed) {
    console.error(`Granted and never used: ${holder} ${action} on ${resource} (${sid})`);
  }
  for (const each of refused) console.error(`Refused: ${JSON.stringify(each)}`);
  console.log(`${granted.length} permissions, ${neverUsed.length} of them granted and never used.`);
  rmSync(directory, { recursive: true, force: true });
  return neverUsed.length === 0 && refused.length === 0;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { check: { type: "string" }, help: { type: "boolean", default: false } },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const granted = grantedPermissions(loadTemplate(await synthesizedAssembly()));
  if (values.check !== undefined) {
    process.exitCode = check(values.check, granted) ? 0 : 1;
    return;
  }
  writeFileSync(file, await formatted(file, permissionTable(granted)));
}

void main();
