import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  defaultPrefix,
  describePlan,
  megabytes,
  pack,
  planHost,
  planTable,
  verify
} from "./chunk-PWPNYGIY.js";
import {
  readOptions,
  trueOrFalse,
  usage
} from "./chunk-GB2Y6REU.js";
import "./chunk-BQFGKYJZ.js";
import "./chunk-Q3VMSAMT.js";
import "./chunk-LQK3ML4U.js";

// src/cli/run-command.ts
async function runCommand({ command, operands, options }, log) {
  switch (command) {
    case "pack":
      return packCommand(options, log);
    case "plan":
      return planCommand(options, log);
    case "verify":
      return verifyCommand(operands, options, log);
    default:
      throw usage(
        command === "" ? "no command given" : `unknown command '${command}'`,
        "Commands are: pack, plan, verify. relopack --help explains them."
      );
  }
}
async function packCommand(options, log) {
  const { manifest, ...packed } = await pack(readOptions(options), log);
  const { files: _, ...summary } = manifest;
  return {
    text: `${packed.path}  ${megabytes(packed.size)}
sha256 ${packed.sha256}
`,
    json: { ...packed, ...summary }
  };
}
async function planCommand(options, log) {
  const { plan } = await planHost(readOptions(options), log);
  const manifest = describePlan(plan, /* @__PURE__ */ new Map());
  return {
    text: planTable(manifest),
    json: {
      prefix: options.values.get("prefix") ?? defaultPrefix(plan),
      ...manifest,
      notPacked: plan.notPacked
    }
  };
}
async function verifyCommand(operands, options, log) {
  const [archive, ...more] = operands;
  if (archive === void 0 || more.length > 0)
    throw usage("verify needs exactly one archive", "relopack verify ARCHIVE");
  const start = trueOrFalse("start", options.values.get("start") ?? "true");
  const checks = await verify(archive, { start, origin: "elsewhere" }, log);
  return {
    text: checks.map(({ name, detail }) => `${name}: ${detail}
`).join(""),
    json: { archive, checks }
  };
}
export {
  runCommand
};
