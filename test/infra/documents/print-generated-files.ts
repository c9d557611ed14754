import { apiTypes, documentText, problemsText } from "../../../infra/client/generated-files";

void Promise.all([documentText(), apiTypes(), problemsText()]).then((texts) =>
  process.stdout.write(JSON.stringify(texts)),
);
