import type { GrantedPermission } from "./granted-permissions";
import { reasonUnused } from "./unused-permissions";

/** The document that says what each role may do, in Markdown. */
export function permissionTable(granted: readonly GrantedPermission[]): string {
  const rows = granted
    .map((grant) => {
      const used = reasonUnused(grant) ?? "yes";
      const condition =
        Object.keys(grant.statement.Condition).length === 0 ? "" : conditions(grant);
      return `| ${grant.holder} | \`${grant.action}\` | \`${grant.resource}\`${condition} | ${grant.sid} | ${used} |`;
    })
    .sort((left, right) => left.localeCompare(right, "en"));
  return `# What each function may do

Made by \`npm run permissions\` from the template; a test holds it current. Resources are named after their constructs.
The embedded environment refuses what is not granted here, as AWS does. \`npm test\` fails when no test makes use of a
permission, but for those that say why.

| Role of | May | On | Statement | Used by tests |
| ------- | --- | -- | --------- | ------------- |
${rows.join("\n")}
`;
}

function conditions({ statement }: GrantedPermission): string {
  const texts = Object.entries(statement.Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(
      ([key, values]) =>
        `${operator} \`${key}\` ${values.map((value) => `\`${value}\``).join(", ")}`,
    ),
  );
  return ` if ${texts.join(" and ")}`;
}
