import path from "node:path";
import { format, resolveConfig } from "prettier";
import { describeApi } from "./openapi-document";

const root = path.resolve(__dirname, "../..");

/** The API's description as it is committed and served. */
export async function documentText(): Promise<string> {
  return prettier(JSON.stringify(describeApi()), "functions/api/description/openapi.json");
}

async function prettier(text: string, file: string): Promise<string> {
  const filepath = path.join(root, file);
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}
