import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { SIGNED_OUT_PATH } from "../../console-config";
import { Page } from "../frame/page";
import { useTexts } from "../texts/language";
import { useConfig, useSession } from "./session-provider";

/** Sends people to the issuer, which says who they are. */
export function SignIn({ failed }: { readonly failed: boolean }) {
  const { shell, common } = useTexts();
  const { authority, stage } = useConfig();
  const session = useSession();
  const [hasFailed, setFailed] = useState(failed);
  const [isLeaving, setLeaving] = useState(false);
  const signIn = () => {
    setLeaving(true);
    session.signIn().catch(() => {
      setLeaving(false);
      setFailed(true);
    });
  };
  return (
    <Page title={common.product}>
      <SpaceBetween size="l">
        {hasFailed && (
          <Alert type="error" header={shell.signIn.failedTitle}>
            {shell.signIn.failed}
          </Alert>
        )}
        {!hasFailed && window.location.pathname === SIGNED_OUT_PATH && (
          <Alert type="success">{shell.signIn.signedOut}</Alert>
        )}
        <Box variant="p">
          {shell.account.stage}: {stage}. {shell.signIn.issuer(new URL(authority).host)}{" "}
          {shell.signIn.whom}
        </Box>
        <Button variant="primary" loading={isLeaving} onClick={signIn}>
          {common.actions.signIn}
        </Button>
      </SpaceBetween>
    </Page>
  );
}
