import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { Page } from "../frame/page";
import { useTexts } from "../texts/language";
import { useSession } from "./session-provider";

/** For people whom the issuer knows and the API does not let in. */
export function NoRole() {
  const { shell, common } = useTexts();
  const session = useSession();
  return (
    <Page title={shell.noRole.title}>
      <Alert
        type="warning"
        action={<Button onClick={() => void session.signOut()}>{common.actions.signOut}</Button>}
      >
        {shell.noRole.text}
      </Alert>
    </Page>
  );
}
