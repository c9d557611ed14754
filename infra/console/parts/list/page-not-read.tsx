import Box from "@cloudscape-design/components/box";
import { ReadBefore } from "../loading/read-before";
import type { KeptPage } from "./use-kept-page";

/** Above a page of a list that stays, though it could not be read again, or the one after it not at all: why. */
export function PageNotRead({ page }: { readonly page: KeptPage<unknown> }) {
  return page.isError && page.data !== undefined ? (
    <Box margin={{ bottom: "m" }}>
      <ReadBefore query={page} />
    </Box>
  ) : null;
}
