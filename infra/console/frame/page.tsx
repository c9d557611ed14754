import Box from "@cloudscape-design/components/box";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import type { ReactNode } from "react";

/** A page without the console's frame, for people who are not in it yet. */
export function Page({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <main className="page">
      <Box padding={{ vertical: "xxl", horizontal: "l" }}>
        <ContentLayout header={<Header variant="h1">{title}</Header>}>{children}</ContentLayout>
      </Box>
    </main>
  );
}
