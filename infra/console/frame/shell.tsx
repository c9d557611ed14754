import AppLayout from "@cloudscape-design/components/app-layout";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import SideNavigation from "@cloudscape-design/components/side-navigation";
import { Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { ApiError } from "../../client/client";
import { useCallerQuery } from "../api/api-provider";
import { FailedPage } from "../parts/loading/failed-page";
import { LoadingPage } from "../parts/loading/loading-page";
import { NoRole } from "../session/no-role";
import { useTexts } from "../texts/language";
import { Flashes, FlashProvider } from "../app/flashes";
import { Frame } from "./frame";
import { navigationItems } from "./navigation";
import { useKeptFocus } from "./use-kept-focus";
import { usePageHeading } from "./use-page-heading";

/** What surrounds every screen. Nothing else is shown before it is known who is signed in. */
export function Shell() {
  const caller = useCallerQuery();
  if (caller.error instanceof ApiError && isForbidden(caller.error)) {
    return <NoRole />;
  }
  return (
    <FlashProvider>
      <Frame />
      <Layout
        content={
          caller.isPending ? (
            <LoadingPage />
          ) : caller.isError && caller.data === undefined ? (
            <FailedPage error={caller.error} onRetry={() => caller.refetch()} />
          ) : (
            <Suspense fallback={<LoadingPage />}>
              <Outlet />
            </Suspense>
          )
        }
      />
    </FlashProvider>
  );
}

function isForbidden({ failure }: ApiError): boolean {
  return failure.kind === "refused" && failure.status === 403;
}

function Layout({ content }: { readonly content: React.ReactNode }) {
  const { shell, common } = useTexts();
  const { history } = useRouter();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const caller = useCallerQuery();
  const [navigationOpen, setNavigationOpen] = useState(() => window.innerWidth >= 1_200);
  usePageHeading();
  useKeptFocus();
  const items = navigationItems(shell.navigation, caller.data?.actions);
  const section = items.find(({ href }) => path === href || path.startsWith(`${href}/`));
  const follow = (event: CustomEvent<{ href?: string; external?: boolean }>) => {
    if (event.detail.external !== true && event.detail.href !== undefined) {
      event.preventDefault();
      history.push(event.detail.href);
    }
  };
  return (
    <AppLayout
      headerSelector="#frame"
      toolsHide
      navigationOpen={navigationOpen}
      onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
      ariaLabels={{
        navigation: shell.navigation.label,
        navigationToggle: shell.navigation.open,
        navigationClose: shell.navigation.close,
        notifications: shell.notifications,
      }}
      navigation={
        <SideNavigation
          header={{ text: common.product, href: "/" }}
          activeHref={section?.href ?? path}
          items={items.map(({ text, href }) => ({ type: "link", text, href }))}
          onFollow={follow}
        />
      }
      breadcrumbs={
        path === "/" ? undefined : (
          <BreadcrumbGroup
            ariaLabel={shell.breadcrumbs}
            items={[
              { text: shell.navigation.home, href: "/" },
              ...(section === undefined || section.href === "/" ? [] : [section]),
            ]}
            onFollow={follow}
          />
        )
      }
      notifications={<Flashes />}
      stickyNotifications
      content={<div id="content">{content}</div>}
    />
  );
}
