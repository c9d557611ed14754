import { documentText, problemsText } from "../../../infra/api-description/generated-files";

void Promise.all([documentText(), problemsText()]).then((texts) =>
  process.stdout.write(JSON.stringify(texts)),
);
