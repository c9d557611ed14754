import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import boundaries from "eslint-plugin-boundaries";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** The parts of the source and what each may import. What is not listed here is forbidden. */
const layers = {
  domain: { files: "shared/domain/**", imports: ["domain"] },
  ports: { files: ["shared/ports.ts", "shared/ports/**"], imports: ["ports", "domain"] },
  config: { files: "shared/config/**", imports: ["config", "domain"] },
  // What the API takes and answers: for the functions behind it, and for what describes it.
  contract: { files: "shared/contract/**", imports: ["contract", "config", "domain"] },
  "use-cases": { files: "shared/use-cases/**", imports: ["use-cases", "ports", "domain"] },
  adapters: { files: "shared/adapters/**", imports: ["adapters", "ports", "domain"] },
  observability: {
    files: "shared/observability/**",
    imports: ["observability", "ports", "domain"],
  },
  // What each function is and needs: for the stack too, so it knows nothing of what the function does.
  definitions: {
    files: ["functions/definitions.ts", "functions/*/*/definition.ts"],
    imports: ["definitions", "config"],
  },
  // The composition root: what alone knows both ports and adapters.
  wiring: {
    files: ["functions/wiring/**", "functions/*/*/wiring.ts"],
    imports: [
      ...["wiring", "definitions", "use-cases", "ports", "domain", "adapters", "config"],
      "observability",
    ],
  },
  functions: {
    files: ["functions/middleware/**", "functions/*/*/!(definition|wiring).*"],
    imports: [...["functions", "wiring", "use-cases", "ports", "domain", "config", "contract"]],
  },
  // Adapters of packages that only calculate: they reach nothing outside, and run in a browser too.
  calculations: {
    files: ["shared/adapters/croner-calendar.ts", "shared/adapters/phone-numbers.ts"],
    imports: ["calculations", "ports", "domain"],
  },
  infra: {
    files: "infra/**",
    imports: ["infra", "definitions", "config", "contract", "domain", "calculations"],
  },
  test: {
    files: "test/**",
    imports: [
      ...["test", "infra", "functions", "definitions", "wiring", "use-cases", "ports", "domain"],
      ...["adapters", "config", "contract", "observability"],
    ],
  },
};
const layer = (name) => ({ file: { categories: name } });
const anyOf = (names) => ({ file: { categories: { anyOf: names } } });
const packages = (names) => ({ module: { origin: "external", source: names } });

/** What talks to the outside: for adapters only, and for the code that runs the system elsewhere. */
const sdks = ["@aws-sdk/*", "@smithy/*", "axios", "@duckdb/*", "klaviyo-api"];

const importDirections = [
  ...Object.entries(layers).map(([name, { imports }]) => ({
    from: layer(name),
    allow: { to: anyOf(imports) },
  })),
  { allow: { to: { module: { origin: "core" } } } },
  { allow: { to: { module: { origin: "external" } } } },
  {
    from: anyOf([
      ...["domain", "ports", "config", "contract", "use-cases", "observability", "functions"],
      "definitions",
    ]),
    disallow: { to: packages(sdks) },
    message: "Only adapters import what talks to the outside; use a port.",
  },
  {
    from: layer("wiring"),
    disallow: { to: packages(["axios", "@duckdb/*", "klaviyo-api"]) },
    message: "Adapters hide these packages; make what you need in one of them.",
  },
  {
    from: anyOf(["domain", "ports", "config", "contract", "use-cases"]),
    disallow: { to: { module: { origin: "external", source: "!zod" } } },
    message: "The core knows no package but zod.",
  },
];

export default defineConfig(
  globalIgnores(["cdk.out/", "coverage/", "node_modules/", "infra/console/dist/"]),
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.mts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { boundaries },
    settings: {
      "boundaries/root-path": import.meta.dirname,
      "boundaries/files": Object.entries(layers).map(([category, { files }]) => ({
        category,
        pattern: files,
      })),
      "import/resolver": { node: { extensions: [".ts", ".mts", ".tsx", ".js"] } },
    },
    rules: {
      "boundaries/dependencies": [
        "error",
        {
          default: "disallow",
          checkAllOrigins: true,
          checkUnknownLocals: true,
          checkInternals: true,
          policies: importDirections,
        },
      ],
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Numbers read well in templates.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // An arrow function that only calls something needs no braces around the call.
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // A name that starts with _ says that the value is left out on purpose.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "all" },
      ],
      // Ports promise their results; an implementation that needs not wait still rejects rather than throws.
      "@typescript-eslint/require-await": "off",
      // Ports and their implementations are plain objects of functions, which may be taken apart.
      "@typescript-eslint/unbound-method": "off",
      // process.env["NAME"] is how noPropertyAccessFromIndexSignature and readers tell data from code.
      "@typescript-eslint/dot-notation": "off",
      // CDK's constructs are made for what they do to their scope.
      "no-new": "off",
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      // `== null` means null or undefined.
      eqeqeq: ["error", "always", { null: "ignore" }],
      // Invisible characters are written as escapes where they are meant.
      "no-misleading-character-class": ["error", { allowEscape: true }],
      "no-console": "error",
    },
  },
  {
    // These talk to the person at the terminal.
    files: [
      "infra/**/commands/**",
      "infra/cli/**",
      "infra/local/**",
      "test/bench/**",
      "test/chaos/**",
      "test/histories/**",
      "test/klaviyo-document/**",
      "test/outages/**",
      "test/proof/**",
      "test/writers/**",
    ],
    rules: { "no-console": "off" },
  },
  {
    // Tests look into answers whose shape is what they test, and build what types forbid.
    files: ["test/**"],
    rules: {
      ...Object.fromEntries(
        [
          ...["argument", "assignment", "call", "member-access", "return"],
          "class-instance-assignment",
        ].map((use) => [`@typescript-eslint/no-unsafe-${use}`, "off"]),
      ),
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-empty-function": "off",
      "@typescript-eslint/consistent-type-assertions": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "max-lines": "off",
    },
  },
  {
    files: ["infra/console/**"],
    plugins: { "react-hooks": reactHooks },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      // A component is a function whose answer only React reads.
      "@typescript-eslint/explicit-module-boundary-types": "off",
    },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: { globals: { process: "readonly", console: "readonly" } },
  },
);
