import type { GrantedActions } from "../../../shared/domain/access/access-table";
import type { Texts } from "../texts/texts";

/** A place that can be gone to from everywhere. */
export interface Place {
  readonly text: string;
  readonly href: string;
}

/** The places that the caller may see. @param actions none before it is known who they are */
export function navigationItems(
  words: Texts["shell"]["navigation"],
  actions: GrantedActions | undefined,
): readonly Place[] {
  return [
    { text: words.home, href: "/" },
    { text: words.exports, href: "/exports" },
    { text: words.runs, href: "/runs" },
    { text: words.segments, href: "/segments" },
    ...(actions?.listConnections === undefined
      ? []
      : [{ text: words.connections, href: "/connections" }]),
    ...(actions?.listSources === undefined ? [] : [{ text: words.sources, href: "/sources" }]),
    { text: words.systemRefresh, href: "/system-refresh" },
    ...(actions?.viewAudit === undefined ? [] : [{ text: words.audit, href: "/audit" }]),
  ];
}
