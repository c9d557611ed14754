import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import { useCallerQuery } from "../../api/api-provider";
import { describeFailure } from "../../api/failures";
import { useTexts } from "../../texts/language";
import { FailureAlert } from "./failure-alert";

/** A page that could not be shown, and why: with a heading, as every page has one. */
export function FailedPage({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry: () => unknown;
}) {
  const texts = useTexts();
  const caller = useCallerQuery();
  const { title } = describeFailure(error, texts, caller.data?.role);
  return (
    <ContentLayout header={<Header variant="h1">{title}</Header>}>
      <FailureAlert error={error} isTitled={false} onRetry={onRetry} />
    </ContentLayout>
  );
}
