import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useApi, useCaller, useMay } from "../../api/api-provider";
import type { ExportAnswer } from "../../api/queries/exports";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { useTexts } from "../../texts/language";
import { ExplanationView } from "./explanation-view";

/**
 * Asks for a person and shows why they are on an export's list, or not. The address is sent in a body and kept by
 * nothing but this screen while it is open.
 */
export function ExplainView({
  its,
}: {
  readonly its: Pick<ExportAnswer, "exportId" | "displayName">;
}) {
  const { explain: texts, common } = useTexts();
  const { role } = useCaller();
  const may = useMay();
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={texts.description}>
          {texts.title(its.displayName)}
        </Header>
      }
    >
      {may("explainProfile") === undefined ? (
        <Alert type="warning" header={texts.mayNotTitle}>
          {texts.mayNot(common.roles[role])}
        </Alert>
      ) : (
        <Lookup exportId={its.exportId} />
      )}
    </ContentLayout>
  );
}

function Lookup({ exportId }: { readonly exportId: string }) {
  const api = useApi();
  const { explain: texts } = useTexts();
  const [email, setEmail] = useState("");
  const [isMissing, setMissing] = useState(false);
  const field = useRef<InputProps.Ref>(null);
  const lookup = useMutation({
    mutationFn: (sought: string) =>
      api.explainProfile({ path: { exportId }, body: { email: sought } }),
    gcTime: 0,
  });
  return (
    <SpaceBetween size="l">
      <Container>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const sought = email.trim();
            setMissing(sought === "");
            if (sought === "") {
              field.current?.focus();
            } else {
              lookup.mutate(sought);
            }
          }}
        >
          <FormField
            label={texts.email}
            description={texts.emailHint}
            errorText={isMissing ? texts.emailMissing : ""}
            secondaryControl={
              <Button formAction="submit" variant="primary" loading={lookup.isPending}>
                {texts.look}
              </Button>
            }
          >
            <Input
              ref={field}
              type="email"
              inputMode="email"
              autoComplete={false}
              spellcheck={false}
              value={email}
              onChange={({ detail }) => setEmail(detail.value)}
            />
          </FormField>
        </form>
      </Container>
      {lookup.isPending && <StatusIndicator type="loading">{texts.looking}</StatusIndicator>}
      {lookup.isError && <FailureAlert error={lookup.error} />}
      {lookup.isSuccess && <ExplanationView explanation={lookup.data} />}
    </SpaceBetween>
  );
}
