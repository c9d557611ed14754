import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { useTexts } from "../texts/language";
import { Page } from "../frame/page";

/** Shown when the console's settings can't be read. */
export function NotStarted() {
  const { shell, common } = useTexts();
  return (
    <Page title={shell.starting.failedTitle}>
      <Alert
        type="error"
        action={<Button onClick={() => window.location.reload()}>{common.actions.reload}</Button>}
      >
        {shell.starting.failed}
      </Alert>
    </Page>
  );
}
