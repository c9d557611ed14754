import { documentText } from "../../../infra/api-description/generated-files";

void documentText().then((text) => process.stdout.write(text));
