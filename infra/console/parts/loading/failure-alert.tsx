import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
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
  /** Tries again; its button says that it is under way until what is answered has settled. */
  readonly onRetry?: () => unknown;
}) {
  const texts = useTexts();
  const { data: caller } = useCallerQuery();
  const { title, text, language, code, requestId } = describeFailure(error, texts, caller?.role);
  const { failures, actions } = texts.common;
  const [isTrying, setTrying] = useState(false);
  const retry = async () => {
    setTrying(true);
    await onRetry?.();
    setTrying(false);
  };
  return (
    <Alert
      type="error"
      header={isTitled ? title : undefined}
      {...(onRetry === undefined
        ? {}
        : {
            action: (
              <Button loading={isTrying} onClick={() => void retry()}>
                {actions.retry}
              </Button>
            ),
          })}
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
