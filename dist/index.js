import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  version
} from "./chunk-FCSCNDKR.js";
import "./chunk-LQK3ML4U.js";

// src/index.ts
process.stdout.write(`relopack ${version}, Node ${process.versions.node}
`);
await import("./action-LT22GGZL.js");
