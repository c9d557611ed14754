import { problemStatuses } from "../../shared/contract/answers/problem-answer";
import { klaviyoProblems } from "../../shared/domain/problems/klaviyo";
import { problemCodeSchema, type problemCatalogue } from "../../shared/domain/problems/problem";
import { removalProblems } from "../../shared/domain/problems/removals";
import { requestProblems } from "../../shared/domain/problems/requests";
import { runProblems } from "../../shared/domain/problems/runs";
import { segmentProblems } from "../../shared/domain/problems/segments";
import { sourceProblems } from "../../shared/domain/problems/sources";
import { subscriptionProblems } from "../../shared/domain/problems/subscriptions";

/** The subjects of the catalogue, in its order. */
const subjects: readonly (readonly [string, typeof problemCatalogue])[] = [
  ["Requests", requestProblems],
  ["Connections and Klaviyo", klaviyoProblems],
  ["Segments and mappings", segmentProblems],
  ["Sources", sourceProblems],
  ["Runs", runProblems],
  ["Removals", removalProblems],
  ["Subscriptions", subscriptionProblems],
];

const introduction = `# Errors

<!-- Made by \`npm run errors\` from shared/domain/problems; a test checks that it is current. -->

Every error has a stable code. The API answers with it as a problem (RFC 9457):
\`{type, title, status, detail, code, field?, params?, requestId}\`. Runs, their warnings, connections and previews show
it as \`{culprit, code, message, params}\`.

- **Where**: the HTTP status of the answer. **run** means that no request is answered with the code; a run, a preview, a
  connection or a rejection report shows it. If a field of the request's body names something that does not exist, the
  status is 422 instead of 404.
- **Who can fix it** (\`culprit\`): **user** is whoever uses the system or writes the segment's files. **external** is
  Klaviyo, AWS or the network. **system** is whoever operates the system.
- A word in braces, such as \`{name}\`, is filled in from \`params\`.`;

/** The page of all errors, as Markdown before it is formatted. */
export function errorsPage(): string {
  const sections = subjects.map(([title, problems]) => {
    const rows = Object.entries(problems).map(([code, { culprit, what, remedy }]) => {
      const where = problemStatuses[problemCodeSchema.parse(code)] ?? "run";
      return `| ${[`\`${code}\``, String(where), culprit, what, remedy].map(cell).join(" | ")} |`;
    });
    return [
      `## ${title}`,
      "",
      "| Code | Where | Who can fix it | What happened | What to do |",
      "| --- | --- | --- | --- | --- |",
      ...rows,
    ].join("\n");
  });
  return `${[introduction, ...sections].join("\n\n")}\n`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
