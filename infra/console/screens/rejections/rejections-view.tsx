import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useApi, useCaller, useMay } from "../../api/api-provider";
import { describeFailure } from "../../api/failures";
import { rejectionCountsQuery } from "../../api/queries/rejections";
import type { RunAnswer } from "../../api/queries/runs";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { useTexts } from "../../texts/language";
import { runAddress } from "../run/addresses";
import { RejectionCounts } from "./rejection-counts";
import { RejectionRows } from "./rejection-rows";
import type { RejectionsSearch } from "./search";

/** A run's rejection report, for those who may see it; else why it is not shown. */
export function RejectionsView({
  run,
  search,
  onSearch,
}: {
  readonly run: RunAnswer;
  readonly search: RejectionsSearch;
  readonly onSearch: (search: RejectionsSearch) => void;
}) {
  const texts = useTexts();
  const words = texts.rejections;
  const { history } = useRouter();
  const { role } = useCaller();
  const may = useMay();
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={words.description}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => history.push(runAddress(run.runId))}>{words.back}</Button>
              {may("downloadRejections") !== undefined && <Download runId={run.runId} />}
            </SpaceBetween>
          }
        >
          {words.title(run.settings.displayName)}
        </Header>
      }
    >
      {may("listRejections") === undefined ? (
        <Alert type="warning" header={words.mayNotTitle}>
          {words.mayNot(texts.common.roles[role])}
        </Alert>
      ) : (
        <Report run={run} search={search} onSearch={onSearch} />
      )}
    </ContentLayout>
  );
}

function Report({
  run,
  search,
  onSearch,
}: {
  readonly run: RunAnswer;
  readonly search: RejectionsSearch;
  readonly onSearch: (search: RejectionsSearch) => void;
}) {
  const texts = useTexts();
  const words = texts.rejections;
  const { runId, settings } = run;
  const counts = useQuery(rejectionCountsQuery(useApi(), runId));
  if (counts.isError && counts.data === undefined) {
    switch (describeFailure(counts.error, texts).code) {
      case "reportExpired":
        return (
          <Alert type="info" header={words.expiredTitle}>
            {words.expired}
          </Alert>
        );
      case "reportNotAvailable":
        return (
          <Alert type="info" header={words.notAvailableTitle}>
            {words.notAvailable}
          </Alert>
        );
      default:
        return <FailureAlert error={counts.error} onRetry={() => counts.refetch()} />;
    }
  }
  return (
    <SpaceBetween size="l">
      <Alert type="info" header={texts.common.personalData}>
        {texts.common.personalDataHint}
      </Alert>
      <RejectionCounts runId={runId} chosen={search.code} />
      <RejectionRows
        runId={runId}
        segments={settings.segments}
        search={search}
        onSearch={onSearch}
      />
    </SpaceBetween>
  );
}

/** Asks for links to the report when somebody wants it: they are good for a quarter of an hour, and audited. */
function Download({ runId }: { readonly runId: string }) {
  const api = useApi();
  const words = useTexts().rejections;
  const links = useMutation({
    mutationFn: () => api.downloadRejections({ path: { runId } }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <Button iconName="download" loading={links.isPending} onClick={() => links.mutate()}>
        {words.download}
      </Button>
      {links.data?.droppedValues !== undefined && (
        <Link href={links.data.droppedValues}>{words.downloadDropped}</Link>
      )}
      {links.isError && <FailureAlert error={links.error} />}
    </SpaceBetween>
  );
}
