import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import type { ReactNode } from "react";
import type { Problem } from "../../../../shared/domain/problems/problem";
import { useTexts } from "../../texts/language";
import { tellProblem } from "../../texts/told";
import { ToldText } from "../told-text";

/**
 * A problem as the API tells it: what happened and what to do, and whose turn it is.
 */
export function ToldProblem({
  type,
  title,
  problem,
  children,
}: {
  readonly type: "error" | "warning" | "info";
  readonly title?: string;
  readonly problem: Pick<Problem, "culprit" | "code" | "message" | "params">;
  readonly children?: ReactNode;
}) {
  const { common, told } = useTexts();
  const { culprit, code } = problem;
  return (
    <Alert type={type} header={title ?? common.culprits[culprit]}>
      <ToldText told={tellProblem(told, problem)} />
      {children}
      <Box variant="small" display="block">
        {title === undefined ? "" : `${common.culprits[culprit]}. `}
        {common.failures.code}: <code>{code}</code>
      </Box>
    </Alert>
  );
}
