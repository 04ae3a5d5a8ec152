import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  defaultPrefix,
  describePlan,
  megabytes,
  nevra,
  pack,
  planHost,
  planTable,
  verify
} from "./chunk-U5R7E4KF.js";
import {
  readOptions,
  trueOrFalse,
  usage
} from "./chunk-GB2Y6REU.js";
import "./chunk-BQFGKYJZ.js";
import "./chunk-Q3VMSAMT.js";
import "./chunk-LQK3ML4U.js";

// src/manifest/named-paths.ts
var maxRows = 10;
function describeNamedPath({ path, by, package: owner, status, why }) {
  return {
    path,
    by,
    ...owner === void 0 ? {} : { package: nevra(owner) },
    status,
    ...why === void 0 ? {} : { reason: why }
  };
}
function namedTable(named) {
  if (named.length === 0) return [];
  const count = (status) => named.filter((one) => one.status === status).length;
  const rows = notPackedRows(named);
  const width = Math.max(0, ...rows.map(({ owner }) => owner.length));
  const lines = rows.slice(0, maxRows).map(({ owner, paths, why }) => `${owner.padEnd(width)}  ${paths.join(" ")}  ${why}`);
  return [
    `Packed files name ${named.length} absolute paths of the host: ${count("packed")} are packed, ${count("machine")} belong to the machine that runs Python, ${count("not packed")} are not packed. --json lists all.`,
    ...lines,
    ...rows.length > maxRows ? [`and ${rows.length - maxRows} more packages`] : []
  ];
}
function notPackedRows(named) {
  const rows = /* @__PURE__ */ new Map();
  for (const { path, package: pkg, status, why = "" } of named) {
    if (status !== "not packed") continue;
    const owner = pkg === void 0 ? "" : nevra(pkg);
    const row = rows.get(`${owner} ${why}`);
    if (row === void 0) rows.set(`${owner} ${why}`, { owner, paths: [path], why });
    else row.paths.push(path);
  }
  return [...rows.values()].sort((a, b) => a.owner < b.owner ? -1 : 1);
}

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
    text: planTable(manifest, namedTable(plan.named)),
    json: {
      prefix: options.values.get("prefix") ?? defaultPrefix(plan),
      ...manifest,
      notPacked: plan.notPacked,
      namedPaths: plan.named.map(describeNamedPath)
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
