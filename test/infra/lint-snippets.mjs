import { text } from "node:stream/consumers";
import { ESLint } from "eslint";

// Reads [{file, code}] from standard input, lints each as if it were that file, and writes the messages.
// A process of its own, because Jest cannot load ESLint's configuration, which is an ES module.
const eslint = new ESLint({
  ruleFilter: ({ ruleId }) =>
    ["boundaries/dependencies", "@typescript-eslint/consistent-type-assertions"].includes(ruleId),
  // Types are not needed for these rules, and the files need not exist.
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
});
const results = [];
for (const { file, code } of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(code, { filePath: file });
  results.push(result.messages.map(({ ruleId, message }) => ({ ruleId, message })));
}
process.stdout.write(JSON.stringify(results));
