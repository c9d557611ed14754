import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { useCallerQuery } from "../../api/api-provider";
import { describeFailure } from "../../api/failures";
import { useTexts } from "../../texts/language";
import { ToldText } from "../told-text";

/** Why a call has no answer, what to do, and a way to try again where there is one. */
export function FailureAlert({
  error,
  isTitled = true,
  onRetry,
}: {
  readonly error: unknown;
  /** Whether it has a title of its own; the page's heading may say it already. @default true */
  readonly isTitled?: boolean;
  readonly onRetry?: () => void;
}) {
  const texts = useTexts();
  const { data: caller } = useCallerQuery();
  const { title, text, language, code, requestId } = describeFailure(error, texts, caller?.role);
  const { failures, actions } = texts.common;
  return (
    <Alert
      type="error"
      header={isTitled ? title : undefined}
      {...(onRetry === undefined
        ? {}
        : { action: <Button onClick={onRetry}>{actions.retry}</Button> })}
    >
      <ToldText told={{ text, language }} />
      {code !== undefined && (
        <Box variant="small" display="block">
          {failures.code}: <code>{code}</code>
          {requestId !== undefined && (
            <>
              {" · "}
              {failures.request}: <code>{requestId}</code>
            </>
          )}
        </Box>
      )}
    </Alert>
  );
}
