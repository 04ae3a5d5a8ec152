import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  RelopackError,
  attempt,
  formatManifest,
  megabytes,
  optionRows,
  pack,
  planTable,
  printable,
  readOptions,
  unobeyed,
  usage,
  wholeNumber,
  withScratch,
  yesOrNo
} from "./chunk-W4ASZJQB.js";
import "./chunk-KTIISHOP.js";
import {
  debug,
  endGroup,
  error,
  getInput,
  group,
  info,
  setOutput,
  startGroup,
  summary,
  warning
} from "./chunk-N7MBE52F.js";
import "./chunk-FMZ7LYXO.js";
import "./chunk-LQK3ML4U.js";

// src/action/main.ts
import { renameSync, writeFileSync as writeFileSync2 } from "node:fs";
import { basename as basename3, dirname as dirname3 } from "node:path";

// src/action/annotation.ts
var titles = {
  usage: "An input is wrong",
  "unsupported-host": "This system cannot be packed from",
  "rpm-missing": "There is no rpm here",
  "rpm-database": "The RPM database cannot be read",
  "python-not-found": "The Python is not installed",
  "module-not-found": "A module is not installed",
  "module-other-python": "A module belongs to another Python",
  "library-missing": "A library is missing",
  "file-missing": "A file is missing",
  "file-changed": "A file is not as its package has it",
  "elf-malformed": "An ELF file is malformed",
  "elf-unsupported": "An ELF file cannot be relocated",
  "loader-unsupported": "The loader cannot be closed",
  "archive-malformed": "The archive is malformed",
  output: "The archive cannot be written",
  upload: "The artifact cannot be uploaded",
  "verify-failed": "The archive did not pass its checks"
};
var containerCodes = ["rpm-missing", "rpm-database"];
var containerRemedy = "Does the job have a container, such as container: fedora:latest?";
function errorAnnotation({ code, message, remedy }) {
  const lines2 = [inInputs(message), inInputs(remedy)];
  if (containerCodes.includes(code)) lines2.push(containerRemedy);
  return { title: titles[code], message: lines2.join("\n") };
}
var option = /(?<![\w-])--(no-)?([a-z]+(?:-[a-z]+)*)( (\d[\d.]*\d|'[^']*'))?/g;
function inInputs(text2) {
  return text2.replace(option, (all, negated, name, rest = "", value) => {
    const kind = optionRows.find((row) => row.name === name)?.kind;
    if (kind === void 0) return all;
    if (kind === "yes/no") return `'${name}: ${negated === void 0 ? "yes" : "no"}'${rest}`;
    return value === void 0 ? `'${name}'` : `'${name}: ${value.replaceAll("'", "")}'`;
  });
}

// src/action/artifact.ts
import { basename, dirname } from "node:path";

// src/action/upload-error.ts
var causes = [
  {
    applies: ({ text: text2 }) => text2.includes("storage quota"),
    message: "the storage quota for artifacts is used up",
    remedy: "Delete old artifacts, set retention-days lower, or raise the spending limit; GitHub counts anew every 6 to 12 hours."
  },
  {
    applies: ({ status, blob }) => status === 409 && !blob,
    message: "this run has an artifact of that name already",
    remedy: "Give each job of a matrix an artifact-name of its own (the default names the version, the distribution and the architecture), or set overwrite: true."
  },
  {
    applies: ({ status, blob }) => !blob && (status === 401 || status === 403),
    message: "the artifact service refuses the job's token",
    remedy: "Run the job again; its token ends with the job, and a self-hosted runner needs the right time."
  },
  {
    applies: ({ status, blob }) => blob && (status === 401 || status === 403),
    message: "the blob store refuses the signed address",
    remedy: "Run the job again; the address lasts for an hour, a self-hosted runner needs the right time, and a proxy must leave addresses as they are."
  },
  {
    applies: ({ status }) => status === 413 || status === 507,
    message: "it is too large",
    remedy: "Leave out what is not needed with exclude, or name fewer modules."
  },
  {
    applies: ({ status }) => status === 429,
    message: "too many requests for this repository",
    remedy: "Run the job again later, or fewer jobs at a time (strategy.max-parallel)."
  },
  {
    applies: ({ status = 0 }) => status >= 500,
    message: "the service is out of order",
    remedy: "Look at https://www.githubstatus.com and run the job again later."
  },
  {
    applies: ({ code = "", text: text2 }) => /^E[A-Z]+$|REQUEST_SEND_ERROR/.test(code) || text2.includes("stalled"),
    message: "the connection failed",
    remedy: "Run the job again. A self-hosted runner needs access to *.actions.githubusercontent.com and *.blob.core.windows.net, through https_proxy where there's one."
  },
  {
    applies: ({ text: text2 }) => /Unexpected (?:token|end of JSON)/.test(text2),
    message: "what answers is not the artifact service",
    remedy: "Look for a proxy between the runner and GitHub that answers in its place."
  }
];
var unknown = {
  message: "the artifact client gave up",
  remedy: "Run the job again with debug logging, which shows every request."
};
function uploadFailure(error2, name) {
  const failure = readFailure(error2);
  const { message, remedy } = causes.find(({ applies }) => applies(failure)) ?? unknown;
  const evidence = failure.text === "" ? "" : ` (${failure.text})`;
  return new RelopackError("upload", `cannot upload artifact '${name}': ${message}${evidence}`, remedy, {
    cause: error2
  });
}
function readFailure(error2) {
  if (!(error2 instanceof Error)) return { blob: false, text: String(error2) };
  const said = error2.message.split("\n")[0] ?? "";
  const blob = error2.name === "RestError";
  const status = blob ? property(error2, "statusCode") : /\((\d{3})\)/.exec(said)?.[1];
  const code = property(error2, "code") ?? /Unable to make request: (E[A-Z]+)/.exec(said)?.[1];
  const text2 = blob ? blobText(status, code, said) : serviceText(said);
  return {
    ...status === void 0 ? {} : { status: Number(status) },
    ...code === void 0 ? {} : { code: String(code) },
    blob,
    text: text2
  };
}
function serviceText(said) {
  return said.replace(/^Failed to (?=[A-Z]\w+: )/, "").replace(/Received non-retryable error: |Failed request: |Failed to make request /g, "").replace(/\((\d{3})\)/, "HTTP $1");
}
function blobText(status, code, said) {
  const parts = [status === void 0 ? "" : `HTTP ${status}`, said.includes(String(code)) ? "" : code, said];
  return `blob store: ${parts.filter(Boolean).join(" ")}`;
}
function property(value, name) {
  return Reflect.get(value, name);
}

// src/action/artifact.ts
var refusedCharacters = /["<>:|*?\r\n\\/]/;
function artifactName(path, { name, zip }) {
  return name ?? (zip ? basename(path).replace(/\.tar\.gz$/, "") : basename(path));
}
function checkArtifactName(name, input) {
  const refused = refusedCharacters.exec(name)?.[0];
  if (refused === void 0) return;
  throw new RelopackError(
    "usage",
    `${input} is '${name}': an artifact can't have ${JSON.stringify(refused)} in its name`,
    'Allowed are all characters but " < > : | * ? \\ / and line ends.'
  );
}
async function uploadArtifact(archive, options, runner) {
  const { DefaultArtifactClient, ArtifactNotFoundError } = await import("./artifact-Q7O244ZW.js");
  const client = new DefaultArtifactClient();
  const name = artifactName(archive.path, options);
  const files = options.zip ? [archive.path, `${archive.path}.sha256`] : [archive.path];
  try {
    if (options.overwrite) {
      await client.deleteArtifact(name).catch((error2) => {
        if (!(error2 instanceof ArtifactNotFoundError)) throw error2;
      });
    }
    const response = await client.uploadArtifact(name, files, dirname(archive.path), {
      compressionLevel: 0,
      skipArchive: !options.zip,
      ...options.retentionDays === void 0 ? {} : { retentionDays: options.retentionDays }
    });
    return { name, ...stored(response, runner) };
  } catch (error2) {
    throw uploadFailure(error2, name);
  }
}
function stored({ id, digest }, runner) {
  if (id === void 0 || digest === void 0) throw new Error("the artifact service gave it no number");
  const url = `${runner.serverUrl}/${runner.repository}/actions/runs/${runner.runId}/artifacts/${id}`;
  return { id, digest, url };
}

// src/action/inputs.ts
var mostRetentionDays = 400;
function readInputs({ input, directory, sourceDateEpoch }) {
  const given = optionRows.filter(({ kind }) => kind !== "globs").map(({ name }) => [name, input(name)]).filter(([, value]) => value !== "");
  const globs = (kind) => lines(input(kind)).map((pattern) => ({ kind, pattern }));
  const pack2 = readOptions({
    modules: words(input("modules")),
    values: new Map(given),
    globs: [...globs("exclude"), ...globs("include")],
    directory,
    sourceDateEpoch
  });
  return yesOrNo("upload", input("upload") || "true") ? { pack: pack2, artifact: readArtifact(input) } : { pack: pack2 };
}
function readArtifact(input) {
  const name = input("artifact-name");
  const zip = yesOrNo("artifact-zip", input("artifact-zip") || "true");
  const days = input("retention-days");
  if (!zip && name !== "") {
    throw usage(
      `artifact-name is '${name}', but with artifact-zip: false the artifact has the name of the file`,
      "Name the file with output or prefix, or leave artifact-zip at true."
    );
  }
  return {
    zip,
    overwrite: yesOrNo("overwrite", input("overwrite") || "false"),
    ...name === "" ? {} : { name },
    ...days === "" ? {} : { retentionDays: wholeNumber("retention-days", days, mostRetentionDays, 1) }
  };
}
function words(value) {
  return value.split(/[\s,]+/).filter((word) => word !== "");
}
function lines(value) {
  return value.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

// src/action/log.ts
var mostAnnotations = 9;
function workflowLog() {
  let stage = "";
  let begun = 0;
  let warnings = 0;
  const line = (result) => {
    info(`${stage}: ${unobeyed(result)} (${((performance.now() - begun) / 1e3).toFixed(1)} s)`);
    stage = "";
  };
  return {
    stage(what) {
      stage = what;
      begun = performance.now();
    },
    done: line,
    warn(said) {
      const message = inInputs(said);
      warnings += 1;
      if (warnings <= mostAnnotations) warning(printable(message), { title: "relopack" });
      else info(`warning: ${unobeyed(message)}`);
      if (warnings === mostAnnotations + 1)
        warning("There are more warnings in the log.", { title: "relopack" });
    },
    abandon() {
      if (stage !== "") line("failed");
    }
  };
}

// src/action/preflight.ts
import { accessSync, constants, writeFileSync } from "node:fs";
import { basename as basename2, dirname as dirname2 } from "node:path";

// src/action/runner.ts
var commandFiles = ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"];
function readRunner(env) {
  return {
    temp: env.RUNNER_TEMP || ".",
    serverUrl: env.GITHUB_SERVER_URL || "https://github.com",
    repository: env.GITHUB_REPOSITORY ?? "",
    runId: env.GITHUB_RUN_ID ?? "",
    mayUpload: Boolean(env.ACTIONS_RUNTIME_TOKEN && env.ACTIONS_RESULTS_URL),
    commandFiles: new Map(commandFiles.flatMap((name) => env[name] ? [[name, env[name]]] : []))
  };
}
function isEnterpriseServer({ serverUrl }) {
  const hostname = URL.canParse(serverUrl) ? new URL(serverUrl).hostname : serverUrl;
  return !/^github\.com$|\.ghe\.com$|\.localhost$/.test(hostname);
}

// src/action/preflight.ts
async function preflight(options, artifact, runner, platform = process.platform) {
  if (platform !== "linux") {
    throw new RelopackError(
      "unsupported-host",
      `this runner is ${platform}, and relopack packs from an RPM system`,
      "Let the job run on Linux in a container: runs-on: ubuntu-latest, container: fedora:latest"
    );
  }
  const directory = options.output === void 0 ? options.directory : dirname2(options.output);
  await withScratch(
    directory,
    "relopack-preflight",
    async (path) => attempt(directory, () => writeFileSync(path, "relopack"))
  );
  for (const [name, path] of runner.commandFiles) checkCommandFile(name, path);
  if (artifact !== void 0) checkUpload(options, artifact, runner);
}
function checkCommandFile(name, path) {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (cause) {
    throw new RelopackError(
      "unsupported-host",
      `${name} is ${path}, and this step can't read and write that file`,
      "In a container, runner and step have to see the same directory; by hand, create the file or unset the variable.",
      { cause }
    );
  }
}
function checkUpload({ output, prefix }, { name }, runner) {
  if (isEnterpriseServer(runner)) {
    throw new RelopackError(
      "upload",
      `${runner.serverUrl} is a GitHub Enterprise Server, and they have no artifact service of this version`,
      "Set upload: false, and take the archive from outputs.path with actions/upload-artifact@v3."
    );
  }
  if (!runner.mayUpload) {
    throw new RelopackError(
      "upload",
      "ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL are not set, so nothing can be uploaded from here",
      "Only steps with uses: have them. Where no runner of GitHub starts this action, set upload: false."
    );
  }
  if (name !== void 0) checkArtifactName(name, "artifact-name");
  if (output !== void 0) checkArtifactName(basename2(output), "the file name of output");
  else if (prefix !== void 0) checkArtifactName(prefix, "prefix");
}

// src/action/markdown.ts
var special = /[&<>|\\`*_~[\]#!@:]/g;
function text(raw) {
  return raw.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").replace(special, (character) => `&#${character.charCodeAt(0)};`);
}

// src/action/size-chart.ts
var mostSlices = 9;
function sizeChart(packages) {
  const largest = packages.filter(({ size }) => size > 0).sort((a, b) => b.size - a.size);
  if (largest.length === 0) return void 0;
  const rest = largest.slice(mostSlices);
  const slices = largest.slice(0, mostSlices).map(({ name, size }) => [name, size]);
  if (rest.length > 0) {
    slices.push([`${rest.length} more`, rest.reduce((sum, { size }) => sum + size, 0)]);
  }
  const lines2 = slices.map(
    ([label, bytes]) => `    "${quoted(label)}" : ${Math.max(bytes / 1e6, 0.01).toFixed(2)}`
  );
  return ["pie showData", "    title Megabytes, unpacked", ...lines2].join("\n");
}
function quoted(label) {
  return label.replace(/[^\w .+~:()-]+/g, "?");
}

// src/action/summary.ts
var mostBytes = 1024 * 1024;
var reserve = 8 * 1024;
function summary2(packed, file, artifact) {
  const { manifest } = packed;
  const chart = sizeChart(manifest.packages);
  const head = [
    `## ${text(file)}`,
    "",
    ...facts(packed, artifact),
    "",
    ...chart === void 0 ? [] : ["### What takes the room", "", "```mermaid", chart, "```", ""]
  ].join("\n");
  const left = leftOut(manifest, (mostBytes - Buffer.byteLength(head)) / 4);
  const packages = packageTable(
    manifest.packages,
    mostBytes - Buffer.byteLength(head) - Buffer.byteLength(left) - reserve
  );
  return [head, packages, left].join("\n");
}
function facts({ manifest, ...packed }, artifact) {
  const { python, needs, arch } = manifest;
  const kernel = needs.kernel === void 0 ? [] : [`Linux ${needs.kernel} or later`];
  const level = needs.isaLevel === void 0 ? [] : [`${arch.replace("_", "-")}-v${needs.isaLevel} or better`];
  const rows = [
    ["Python", `${text(python.release)} of ${text(manifest.builtOn)}, ${text(arch)}`],
    ["Runs on", text(["any distribution", ...kernel, ...level].join(", "))],
    ["Size", `${megabytes(packed.size)}, unpacked ${megabytes(packed.unpackedSize)}`],
    ["SHA-256", `<code>${packed.sha256}</code>`],
    ...packed.checks.map(({ name, detail }) => [`\u2713 ${name}`, text(detail)])
  ];
  if (packed.checks.length === 0) rows.push(["Checks", "none, as verify is off"]);
  if (artifact !== void 0) rows.push(["Download", `[${text(artifact.name)}](${artifact.url})`]);
  return ["| | |", "|---|---|", ...rows.map(([name, value]) => `| ${name} | ${value} |`)];
}
function packageTable(packages, room) {
  return details(
    `${packages.length} packages and why each is in`,
    ["| Package | Unpacked | Licence | Reason |", "|---|--:|---|---|"],
    [...packages].sort((a, b) => b.size - a.size),
    ({ nevra, size, licence, reason }) => `| ${text(nevra)} | ${megabytes(size)} | ${text(licence)} | ${text(reason)} |`,
    room
  );
}
function leftOut({ leftOut: left }, room) {
  if (left.length === 0) return "";
  return details(
    `${left.length} packages left out, though a Requires leads to them`,
    ["| Package | The way there |", "|---|---|"],
    left,
    ({ package: pkg, chain }) => `| ${text(pkg)} | ${text(chain.join(" \u2192 "))} |`,
    room
  );
}
function details(title, head, items, row, room) {
  const shown = [];
  let size = Buffer.byteLength(title) + Buffer.byteLength(head.join("\n")) + 256;
  for (const item of items) {
    const line = row(item);
    size += Buffer.byteLength(line) + 1;
    if (size > room) break;
    shown.push(line);
  }
  const rest = items.length - shown.length;
  const more = rest === 0 ? [] : ["", `and ${rest} more; manifest.json in the archive has them all.`];
  return [`<details><summary>${title}</summary>`, "", ...head, ...shown, ...more, "", "</details>", ""].join(
    "\n"
  );
}

// src/action/main.ts
var log = workflowLog();
async function main() {
  const runner = readRunner(process.env);
  const { pack: options, artifact: upload } = readInputs({
    input: getInput,
    directory: runner.temp,
    sourceDateEpoch: process.env.SOURCE_DATE_EPOCH || void 0
  });
  await preflight(options, upload, runner);
  const packed = await pack(options, log);
  await group("Packages", async () => info(unobeyed(planTable(packed.manifest))));
  setArchiveOutputs(packed, await writeManifest(packed));
  const artifact = upload && await publish(packed, upload, runner);
  if (artifact !== void 0) setArtifactOutputs(artifact);
  if (process.env.GITHUB_STEP_SUMMARY) {
    await summary.addRaw(summary2(packed, basename3(packed.path), artifact)).write();
  }
}
async function writeManifest({ path, manifest }) {
  const beside = `${path.replace(/\.tar\.gz$/, "")}.manifest.json`;
  await withScratch(
    dirname3(beside),
    basename3(beside),
    async (temporary) => attempt(beside, () => {
      writeFileSync2(temporary, formatManifest(manifest));
      renameSync(temporary, beside);
    })
  );
  return beside;
}
async function publish(packed, options, runner) {
  const name = artifactName(packed.path, options);
  log.stage(`Uploading ${name}`);
  startGroup(`Uploading ${name}`);
  try {
    return await uploadArtifact(packed, options, runner);
  } finally {
    endGroup();
  }
}
function setArchiveOutputs(packed, manifestPath) {
  setOutput("path", packed.path);
  setOutput("sha256", packed.sha256);
  setOutput("size", packed.size);
  setOutput("unpacked-size", packed.unpackedSize);
  setOutput("python-version", packed.manifest.python.release);
  setOutput("arch", packed.manifest.arch);
  setOutput("packages", packed.manifest.packages);
  setOutput("manifest-path", manifestPath);
}
function setArtifactOutputs(artifact) {
  log.done(artifact.url);
  setOutput("artifact-name", artifact.name);
  setOutput("artifact-id", artifact.id);
  setOutput("artifact-url", artifact.url);
  setOutput("artifact-digest", artifact.digest);
}
try {
  await main();
} catch (error2) {
  log.abandon();
  process.exitCode = 1;
  if (error2 instanceof RelopackError) {
    const { title, message } = errorAnnotation(error2);
    error(message, { title });
    debug(`${error2.stack}
${error2.cause ?? ""}`);
  } else {
    error(error2 instanceof Error ? error2.stack ?? error2.message : String(error2), {
      title: "A defect of relopack: please report it with this message"
    });
  }
}
