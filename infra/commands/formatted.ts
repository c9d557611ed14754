import { format } from "oxfmt";
import settings from "../../.oxfmtrc.json";

/**
 * Text that a command makes, as `npm run format` would leave it.
 *
 * @param file its ending says in what language the text is
 */
export async function formatted(file: string, text: string): Promise<string> {
  const { printWidth } = settings;
  const { code, errors } = await format(file, text, { printWidth });
  const [error] = errors;
  if (error !== undefined) {
    throw new Error(`${file} can't be formatted: ${error.message}`);
  }
  return code;
}
