import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import type { ReactNode } from "react";
import type { Problem } from "../../../../shared/domain/problems/problem";
import { useTexts } from "../../texts/language";

/**
 * A problem as the API tells it: what happened and what to do, and whose turn it is. The API speaks English, which a
 * screen reader is told.
 */
export function ToldProblem({
  type,
  title,
  problem: { culprit, code, message },
  children,
}: {
  readonly type: "error" | "warning" | "info";
  readonly title?: string;
  readonly problem: Pick<Problem, "culprit" | "code" | "message">;
  readonly children?: ReactNode;
}) {
  const { common } = useTexts();
  return (
    <Alert type={type} header={title ?? common.culprits[culprit]}>
      <span lang="en">{message}</span>
      {children}
      <Box variant="small" display="block">
        {title === undefined ? "" : `${common.culprits[culprit]}. `}
        {common.failures.code}: <code>{code}</code>
      </Box>
    </Alert>
  );
}
