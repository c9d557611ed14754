import { apiTypes } from "../../infra/api-client/generated-files";

void apiTypes().then((types) => process.stdout.write(types));
