import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useTexts } from "../texts/language";

/** Says that there is nothing yet, and what the next step is. */
export function NoneYet({
  title,
  hint,
  action,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly action?: ReactNode;
}) {
  return (
    <Box textAlign="center" color="inherit" padding="l">
      <SpaceBetween size="s">
        <div>
          <Box variant="strong" color="inherit">
            {title}
          </Box>
          {hint !== undefined && (
            <Box variant="p" color="text-body-secondary">
              {hint}
            </Box>
          )}
        </div>
        {action}
      </SpaceBetween>
    </Box>
  );
}

/** Says that nothing fits the filters, and takes them away. */
export function NoneMatch({ onClear }: { readonly onClear: () => void }) {
  const { common } = useTexts();
  return (
    <NoneYet
      title={common.states.noneMatch}
      hint={common.states.noneMatchHint}
      action={<Button onClick={onClear}>{common.actions.clearFilters}</Button>}
    />
  );
}
