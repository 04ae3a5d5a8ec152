import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  version
} from "./chunk-BQFGKYJZ.js";
import "./chunk-LQK3ML4U.js";

// src/action/index.ts
process.stdout.write(`relopack ${version}, Node ${process.versions.node}
`);
await import("./main-65QNPOKV.js");
