import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import { useTexts } from "../../texts/language";

interface Entry {
  readonly key: string;
  readonly name: ReactNode;
  readonly about: ReactNode;
}

/** A short list, or that there is nothing in it. @param entries none while they are loaded */
export function Entries({
  entries,
  none,
}: {
  readonly entries: readonly Entry[] | undefined;
  readonly none: string;
}) {
  const { common } = useTexts();
  if (entries === undefined) {
    return <StatusIndicator type="loading">{common.states.loading}</StatusIndicator>;
  }
  if (entries.length === 0) {
    return <Box color="text-body-secondary">{none}</Box>;
  }
  return (
    <SpaceBetween size="s">
      {entries.map(({ key, name, about }) => (
        <div key={key}>
          <div>{name}</div>
          <Box variant="small">{about}</Box>
        </div>
      ))}
    </SpaceBetween>
  );
}
