import Box from "@cloudscape-design/components/box";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import { useTexts } from "../texts/language";
import { RouteLink } from "../parts/route-link";

/** For addresses that lead nowhere. */
export function NotHere() {
  const { common, shell } = useTexts();
  return (
    <ContentLayout header={<Header variant="h1">{common.failures.notFoundTitle}</Header>}>
      <Box variant="p">{common.failures.notFound}</Box>
      <RouteLink href="/">{shell.navigation.home}</RouteLink>
    </ContentLayout>
  );
}
