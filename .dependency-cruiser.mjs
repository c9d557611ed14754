/** The parts of the source, as patterns of paths, and what each may import. What is not listed here is forbidden. */
const layers = {
  domain: { files: "^shared/domain/", imports: ["domain"] },
  ports: { files: "^shared/ports(\\.ts$|/)", imports: ["ports", "domain"] },
  config: { files: "^shared/config/", imports: ["config", "domain"] },
  // What the API takes and answers: for the functions behind it, and for what describes it.
  contract: { files: "^shared/contract/", imports: ["contract", "config", "domain"] },
  "use-cases": { files: "^shared/use-cases/", imports: ["use-cases", "ports", "domain"] },
  adapters: { files: "^shared/adapters/", imports: ["adapters", "ports", "domain"] },
  observability: {
    files: "^shared/observability/",
    imports: ["observability", "ports", "domain"],
  },
  // What each function is and needs: for the stack too, so it knows nothing of what the function does.
  definitions: {
    files: "^functions/(definitions\\.ts$|[^/]+/[^/]+/definition\\.ts$)",
    imports: ["definitions", "config"],
  },
  // The composition root: what alone knows both ports and adapters.
  wiring: {
    files: "^functions/(wiring/|[^/]+/[^/]+/wiring\\.ts$)",
    imports: [
      ...["wiring", "definitions", "use-cases", "ports", "domain", "adapters", "config"],
      "observability",
    ],
  },
  functions: {
    files: "^functions/(middleware/|[^/]+/[^/]+/(?!(definition|wiring)\\.))",
    imports: ["functions", "wiring", "use-cases", "ports", "domain", "config", "contract"],
  },
  // Adapters of packages that only calculate: they reach nothing outside, and run in a browser too.
  calculations: {
    files: "^shared/adapters/(croner-calendar|international-numbers|phone-numbers)\\.ts$",
    imports: ["calculations", "ports", "domain"],
  },
  // How tools are set, for commands that do as they do.
  settings: { files: "^\\.oxfmtrc\\.json$", imports: [] },
  infra: {
    files: "^infra/",
    imports: ["infra", "definitions", "config", "contract", "domain", "calculations", "settings"],
  },
  test: {
    files: "^test/",
    imports: [
      ...["test", "infra", "functions", "definitions", "wiring", "use-cases", "ports", "domain"],
      ...["adapters", "config", "contract", "observability"],
    ],
  },
};
const filesOf = (names) => names.map((name) => layers[name].files);
const packages = (names) => `^node_modules/(${names.join("|")})(/|$)`;

const layerRules = [
  ...Object.entries(layers).map(([name, { files, imports }]) => ({
    name: `layer-${name}`,
    comment: `This part of the source imports of the others only: ${imports.join(", ")}.`,
    severity: "error",
    from: { path: files },
    to: { pathNot: ["^node_modules/", ...filesOf(imports)], dependencyTypesNot: ["core"] },
  })),
  {
    name: "only-adapters-talk-to-the-outside",
    comment: "Only adapters import what talks to the outside; use a port.",
    severity: "error",
    from: {
      path: filesOf([
        ...["domain", "ports", "config", "contract", "use-cases", "observability", "functions"],
        "definitions",
      ]),
    },
    to: { path: packages(["@aws-sdk", "@smithy", "@azure", "axios", "@duckdb", "klaviyo-api"]) },
  },
  {
    name: "adapters-hide-their-packages",
    comment: "Adapters hide these packages; make what you need in one of them.",
    severity: "error",
    from: { path: layers.wiring.files },
    to: { path: packages(["@azure", "axios", "@duckdb", "klaviyo-api"]) },
  },
  {
    name: "core-knows-zod-alone",
    comment: "The core knows no package but zod.",
    severity: "error",
    from: { path: filesOf(["domain", "ports", "config", "contract", "use-cases"]) },
    to: { path: "^node_modules/", pathNot: packages(["zod"]) },
  },
];

/**
 * Which way imports run, however they are written. They run in no circle, those of types included; among the folders
 * of use cases neither. What a browser loads too imports nothing of Node's.
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */
export default {
  forbidden: [
    ...layerRules,
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
      from: { path: "^infra/console/", pathNot: "^infra/console/(vite\\.config\\.mts|build/)" },
      to: { dependencyTypes: ["core"] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    // Packages that are ES modules alone are found too.
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
    exclude: { path: "infra/console/dist" },
  },
};
