import os from "node:os";

/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  // `npm run test:long` runs these.
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/long/"],
  transform: {
    "^.+\\.(t|j|mj)s$": [
      "@swc/jest",
      {
        jsc: { parser: { syntax: "typescript" }, target: "es2023" },
        module: { type: "commonjs" },
      },
    ],
  },
  // These packages are published as ES modules only; jest runs CommonJS.
  transformIgnorePatterns: [
    "/node_modules/(?!(@middy|env-paths|@bomb.sh|jose|fauxqs|oidc-provider)/)",
  ],
  // TypeScript first: it is what most imports mean, and each other ending is looked for on the disk.
  moduleFileExtensions: ["ts", "js", "mjs", "cjs", "json", "node"],
  // Tests import what they use.
  injectGlobals: false,
  globalSetup: "<rootDir>/test/support/build-before-tests.ts",
  setupFiles: ["<rootDir>/test/support/seeds/fixed-seeds.ts"],
  testSequencer: "<rootDir>/test/support/longest-first.mjs",
  // Machines may be slow and busy: this is for what hangs, not for what is slow.
  testTimeout: 300_000,
  // Jest would leave a processor to itself, of two. Whole-system tests wait for a third of their time: others use it.
  maxWorkers: Math.max(3, os.availableParallelism() - 1),
};
