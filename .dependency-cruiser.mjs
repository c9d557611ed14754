/**
 * Imports run in no circle, those of types included; among the folders of use cases neither. What a browser loads
 * too imports nothing of Node's. Which way imports run is in eslint.config.mjs.
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */
export default {
  forbidden: [
    {
      name: "no-circle",
      comment:
        "Move what both files need into a third, or to the one that needs nothing of the other.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-circle-of-folders",
      comment: "Each folder of use cases builds on others, of which none builds on it.",
      scope: "folder",
      severity: "error",
      from: { path: "^shared/use-cases" },
      to: { circular: true },
    },
    {
      name: "fit-for-a-browser",
      comment: "Domain, contract and what they are configured by run in a browser too.",
      severity: "error",
      from: { path: "^shared/(domain|contract|config)/" },
      to: { dependencyTypes: ["core"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "console-fit-for-a-browser",
      comment: "The console runs in a browser; only how it is built needs Node.",
      severity: "error",
      from: { path: "^infra/console/", pathNot: "^infra/console/(vite\\.config\\.ts|build/)" },
      to: { dependencyTypes: ["core"] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    exclude: { path: "node_modules|infra/console/dist" },
  },
};
