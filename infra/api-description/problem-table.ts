import { problemStatuses } from "../../shared/contract/answers/problem-answer";
import { problemCatalogue, problemCodeSchema } from "../../shared/domain/problems/problem";

/** All problems as the documentation lists them: in Markdown, before it is formatted. */
export function problemTable(): string {
  const rows = Object.entries(problemCatalogue).map(([code, { culprit, what, remedy }]) => {
    const status = problemStatuses[problemCodeSchema.parse(code)];
    return `| \`${code}\` | ${String(status ?? "–")} | ${culprit} | ${cell(what)} | ${cell(remedy)} |`;
  });
  return `# The API's errors

Made by \`npm run openapi\` from the catalogue in \`shared/domain/problems/\`.

An error answer is a problem (RFC 9457): \`{type, title, status, detail, code, field?, params?, requestId}\`. Runs and
connections carry the same problems with \`culprit\`, which says whose turn it is: the user's, something external
such as Klaviyo, or the system's operators. \`{names}\` are filled from \`params\`. A code without a status is one
that no request meets, only a run. A code of status 404 is answered as 422 when a field of the body names what is not there.

| Code | Status | Culprit | What happened | What to do |
| --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
