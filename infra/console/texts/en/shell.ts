/** Of what surrounds each screen, and of signing in. */
export const shell = {
  skip: "Skip to the content",
  navigation: {
    label: "Navigation",
    open: "Open navigation",
    close: "Close navigation",
    home: "Home",
    exports: "Exports",
    runs: "Runs",
    segments: "Segments",
    connections: "Connections",
    systemRefresh: "System refresh",
    audit: "Audit",
  },
  help: { label: "Help", open: "Open help", close: "Close help" },
  notifications: "Notifications",
  breadcrumbs: "Path",
  preferences: {
    label: "Preferences",
    theme: "Theme",
    light: "Light",
    dark: "Dark",
    system: "As the system",
    density: "Density",
    comfortable: "Comfortable",
    compact: "Compact",
    language: "Language",
  },
  account: { label: "Your account", role: "Role", stage: "Stage" },
  menu: {
    label: "Search",
    placeholder: "Where to, or what?",
    empty: "Nothing of that name",
    hint: "Ctrl K",
  },
  shortcuts: {
    label: "Keyboard shortcuts",
    menu: "Open the command menu",
    help: "Show these shortcuts",
    go: "Go to home, exports, runs, segments, connections",
    close: "Close what is open",
  },
  signIn: {
    title: "Sign in",
    /** @param issuer the host of the identity provider */
    issuer: (issuer: string) => `You sign in at ${issuer}.`,
    whom: "If you have no account there, ask the administrators of this system.",
    signedOut: "You are signed out.",
    failed: "Signing in did not work. Try again.",
    failedTitle: "Not signed in",
  },
  ended: {
    title: "Your session has ended",
    text: "Sign in again to go on where you are. What you have typed stays.",
  },
  noRole: {
    title: "You have no role here",
    text: "You are signed in, but nobody has given you a role in this system. Ask its administrators to add you to one of the groups Administrator, Contributor or Viewer.",
  },
  starting: {
    failedTitle: "The console cannot start",
    failed: "Its settings could not be read. Reload the page, or tell your administrator.",
  },
  newVersion: {
    title: "There is a newer version of this console",
    text: "Reload the page to get it. Save first what you are typing.",
  },
};
