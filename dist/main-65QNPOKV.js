import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  StageTimer
} from "./chunk-YR3OSVCB.js";
import {
  checksumPath,
  formatManifest,
  manifestName,
  megabytes,
  orOutputError,
  pack,
  planTable,
  withScratch
} from "./chunk-U5R7E4KF.js";
import {
  RelopackError,
  message,
  option,
  optionRows,
  printable,
  printableJson,
  readOptions,
  spell,
  trueOrFalse,
  usage,
  wholeNumber
} from "./chunk-GB2Y6REU.js";
import "./chunk-BQFGKYJZ.js";
import {
  debug,
  error,
  getInput,
  group,
  info,
  setOutput,
  summary,
  warning
} from "./chunk-M43X3DLA.js";
import "./chunk-Q3VMSAMT.js";
import "./chunk-LQK3ML4U.js";

// src/action/main.ts
import { renameSync, writeFileSync as writeFileSync2 } from "node:fs";
import { basename as basename3, dirname as dirname3 } from "node:path";

// src/action/annotation.ts
var titles = {
  usage: "An input is wrong",
  "unsupported-host": "relopack cannot run on this system",
  "rpm-missing": "The program rpm is missing",
  "rpm-database": "The RPM database cannot be read",
  "python-not-found": "The Python is not installed",
  "module-not-found": "A module is not installed",
  "module-other-python": "A module belongs to another Python",
  "library-missing": "A library is missing",
  "file-missing": "A file is missing",
  "file-changed": "A file was changed since installation",
  "elf-malformed": "An ELF file is malformed",
  "elf-unsupported": "An ELF file cannot be relocated",
  "loader-unsupported": "The loader cannot be isolated from the host",
  "archive-malformed": "The archive is malformed",
  output: "The archive cannot be written",
  upload: "The artifact cannot be uploaded",
  "verify-failed": "The archive failed verification"
};
var containerCodes = ["rpm-missing", "rpm-database"];
var containerRemedy = "Does the job have a container, such as container: fedora:latest?";
function errorAnnotation(error2) {
  const { message: message2, remedy } = error2.spelled(asInput);
  const lines2 = [message2, remedy];
  if (containerCodes.includes(error2.code)) lines2.push(containerRemedy);
  return { title: titles[error2.code], message: lines2.join("\n") };
}
var asInput = ({ option: name, value }) => {
  if (value !== void 0) return `'${name}: ${value}'`;
  const isSwitch = optionRows.some((row) => row.name === name && row.kind === "switch");
  return isSwitch ? `'${name}: true'` : `'${name}'`;
};

// src/action/artifact.ts
import { basename, dirname } from "node:path";

// src/action/upload-error.ts
var causes = [
  {
    applies: ({ kind }) => kind === "quota",
    problem: "the storage quota for artifacts is used up",
    remedy: "Delete old artifacts, set retention-days lower, or raise the spending limit. GitHub recalculates the usage every 6 to 12 hours."
  },
  {
    applies: ({ kind }) => kind === "server",
    problem: "this GitHub server does not have the artifact service",
    remedy: "Set upload: false, and upload outputs.path with actions/upload-artifact@v3."
  },
  {
    applies: ({ kind }) => kind === "files",
    problem: "the archive or its checksum was removed before the upload",
    remedy: "Find out what removes it while the step runs, and run the job again."
  },
  {
    applies: ({ status, blob }) => status === 409 && !blob,
    problem: "this run already has an artifact of this name",
    remedy: "Give each job of a matrix its own artifact-name: the default name contains the version, the distribution and the architecture. If one job uploads it again, set overwrite: true."
  },
  {
    applies: ({ status, blob }) => !blob && (status === 401 || status === 403),
    problem: "the artifact service refuses the job's token",
    remedy: "Run the job again: the token expires with the job. On a self-hosted runner, check that the clock is right."
  },
  {
    applies: ({ status, blob }) => blob && (status === 401 || status === 403),
    problem: "the blob store refuses the signed address",
    remedy: "Run the job again: the address lasts for an hour. On a self-hosted runner, check that the clock is right, and that no proxy changes addresses."
  },
  {
    applies: ({ status }) => status === 413 || status === 507,
    problem: "the artifact is too large",
    remedy: message`Leave out files with ${option("exclude")}, or name fewer modules.`
  },
  {
    applies: ({ status }) => status === 429,
    problem: "too many requests for this repository",
    remedy: "Run the job again later, or run fewer jobs at a time (strategy.max-parallel)."
  },
  {
    applies: ({ status = 0 }) => status >= 500,
    problem: "the service is out of order",
    remedy: "Look at https://www.githubstatus.com and run the job again later."
  },
  {
    applies: ({ kind }) => kind === "network",
    problem: "the connection failed",
    remedy: "Run the job again. A self-hosted runner needs access to *.actions.githubusercontent.com and *.blob.core.windows.net. If it has a proxy, set https_proxy."
  },
  {
    applies: ({ text }) => /Unexpected (?:token|end of JSON)/.test(text),
    problem: "the answer does not come from the artifact service",
    remedy: "Look for a proxy between the runner and GitHub that answers instead."
  }
];
var unknown = {
  problem: "the artifact client gave up",
  remedy: "Run the job again with debug logging, which shows every request."
};
function uploadError(error2, name, classes) {
  const failure = readFailure(error2, classes);
  const { problem, remedy } = causes.find(({ applies }) => applies(failure)) ?? unknown;
  const evidence = failure.text === "" ? "" : ` (${failure.text})`;
  return new RelopackError("upload", `cannot upload artifact '${name}': ${problem}${evidence}`, remedy, {
    cause: error2
  });
}
function readFailure(error2, classes) {
  if (!(error2 instanceof Error)) return { blob: false, text: String(error2) };
  const line = firstLine(error2);
  const blob = error2.name === "RestError";
  const status = blob ? property(error2, "statusCode") : /\((\d{3})\)/.exec(line)?.[1];
  const code2 = property(error2, "code");
  const kind = kindOf(error2, line, classes);
  return {
    ...kind === void 0 ? {} : { kind },
    ...status === void 0 ? {} : { status: Number(status) },
    ...code2 === void 0 ? {} : { code: String(code2) },
    blob,
    text: blob ? blobText(status, code2, line) : serviceText(line)
  };
}
function kindOf(error2, line, classes) {
  if (error2 instanceof classes.FilesNotFoundError) return "files";
  if (error2 instanceof classes.GHESNotSupportedError) return "server";
  if (error2 instanceof classes.UsageError || line.includes("storage quota")) return "quota";
  if (error2 instanceof classes.NetworkError || /Unable to make request: E[A-Z]+$/.test(line))
    return "network";
  const isBroken = /^E[A-Z]+$|REQUEST_SEND_ERROR/.test(String(property(error2, "code") ?? ""));
  return isBroken || line.includes("stalled") ? "network" : void 0;
}
function firstLine({ message: text }) {
  return text.split("\n")[0] ?? "";
}
function serviceText(line) {
  return line.replace(/^Failed to (?=[A-Z]\w+: )/, "").replace(/Received non-retryable error: |Failed request: |Failed to make request /g, "").replace(/\((\d{3})\)/, "HTTP $1");
}
function blobText(status, code2, line) {
  const parts = [status === void 0 ? "" : `HTTP ${status}`, line.includes(String(code2)) ? "" : code2, line];
  return `blob store: ${parts.filter(Boolean).join(" ")}`;
}
function property(value, name) {
  return Reflect.get(value, name);
}

// src/action/artifact.ts
var refusedCharacters = /["<>:|*?\r\n\\/]/;
function checkPrintable(name, source) {
  if (printable(name) === name) return;
  throw new RelopackError(
    "usage",
    `${source} is '${name}', which is unsafe to print in the log of a workflow`,
    "Leave out control characters and ##[, with which commands to the runner begin."
  );
}
function withoutSuffix(path) {
  return path.replace(/\.tar\.gz$/, "");
}
function artifactName(path, { name, zip }) {
  return name ?? (zip ? withoutSuffix(basename(path)) : basename(path));
}
function checkArtifactName(name, source) {
  checkPrintable(name, source);
  const refused = refusedCharacters.exec(name)?.[0];
  if (refused === void 0) return;
  throw new RelopackError(
    "usage",
    `${source} is '${name}': the name of an artifact cannot contain ${JSON.stringify(refused)}`,
    'Allowed are all characters except " < > : | * ? \\ / and line ends.'
  );
}
async function uploadArtifact(archive, options, runner) {
  const library = await import("./artifact-JUI5UMKJ.js");
  const client = new library.DefaultArtifactClient();
  const name = artifactName(archive.path, options);
  const files = options.zip ? [archive.path, checksumPath(archive.path)] : [archive.path];
  try {
    if (options.overwrite) {
      await client.deleteArtifact(name).catch((error2) => {
        if (!(error2 instanceof library.ArtifactNotFoundError)) throw error2;
      });
    }
    const response = await client.uploadArtifact(name, files, dirname(archive.path), {
      compressionLevel: 0,
      skipArchive: !options.zip,
      ...options.retentionDays === void 0 ? {} : { retentionDays: options.retentionDays }
    });
    return { name, ...stored(response, runner) };
  } catch (error2) {
    throw uploadError(error2, name, library);
  }
}
function stored({ id, digest }, runner) {
  if (id === void 0 || digest === void 0) throw new Error("the artifact service returned no ID");
  const url = `${runner.serverUrl}/${runner.repository}/actions/runs/${runner.runId}/artifacts/${id}`;
  return { id, digest, url };
}

// src/action/inputs.ts
var maxRetentionDays = 400;
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
  return trueOrFalse("upload", input("upload") || "true") ? { pack: pack2, artifact: readArtifact(input) } : { pack: pack2 };
}
function readArtifact(input) {
  const name = input("artifact-name");
  const zip = trueOrFalse("artifact-zip", input("artifact-zip") || "true");
  const days = input("retention-days");
  if (!zip && name !== "") {
    throw usage(
      `artifact-name is '${name}', but with artifact-zip: false the artifact has the name of the file`,
      "Name the file with output or prefix, or set artifact-zip: true."
    );
  }
  return {
    zip,
    overwrite: trueOrFalse("overwrite", input("overwrite") || "false"),
    ...name === "" ? {} : { name },
    ...days === "" ? {} : { retentionDays: readRetentionDays(days) }
  };
}
function readRetentionDays(days) {
  return wholeNumber("retention-days", days, { min: 1, max: maxRetentionDays });
}
function words(value) {
  return value.split(/[\s,]+/).filter((word) => word !== "");
}
function lines(value) {
  return value.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

// src/action/print.ts
var print = {
  line(text) {
    info(printable(text));
  },
  /** An annotation, which the page of the workflow run shows too. */
  error(text, title) {
    error(printable(text), { title });
  },
  /** An annotation as well. */
  warning(text) {
    warning(printable(text), { title: "relopack" });
  },
  /** A line that the log shows only if the job has debug logging. */
  debug(text) {
    debug(printable(text));
  },
  /** Prints what `use` prints as a group, which is folded. */
  async group(name, use) {
    return await group(printable(name), async () => use());
  }
};

// src/action/log.ts
var maxAnnotations = 9;
function workflowLog() {
  const timer = new StageTimer();
  let warnings = 0;
  return {
    stage(name) {
      timer.begin(name);
    },
    done(result) {
      print.line(timer.end(result));
    },
    warn(message2) {
      const text = spell(message2, asInput);
      warnings += 1;
      if (warnings <= maxAnnotations) print.warning(text);
      else print.line(`warning: ${text}`);
      if (warnings === maxAnnotations + 1) print.warning("The log has more warnings.");
    },
    abandon() {
      if (timer.running) print.line(timer.end("failed"));
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
      `the runner's system is ${platform}, and relopack needs an RPM distribution of Linux`,
      "Run the job on Linux in a container: runs-on: ubuntu-latest, container: fedora:latest"
    );
  }
  const directory = options.output === void 0 ? options.directory : dirname2(options.output);
  await withScratch(
    directory,
    "relopack-preflight",
    async (path) => orOutputError(directory, () => writeFileSync(path, "relopack"))
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
      `${name} is ${path}, and this step cannot read and write that file`,
      "In a container, mount the directory that the runner uses. If you start the action by hand, create the file or unset the variable.",
      { cause }
    );
  }
}
function checkUpload({ output, prefix }, { name }, runner) {
  if (isEnterpriseServer(runner)) {
    throw new RelopackError(
      "upload",
      `${runner.serverUrl} is a GitHub Enterprise Server, which does not have the artifact service that relopack uploads to`,
      "Set upload: false, and upload outputs.path with actions/upload-artifact@v3."
    );
  }
  if (!runner.mayUpload) {
    throw new RelopackError(
      "upload",
      "ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL are not set, so this step cannot upload anything",
      "GitHub's runner sets them for steps with uses:. If something else starts this action, set upload: false."
    );
  }
  if (name !== void 0) checkArtifactName(name, "artifact-name");
  if (output !== void 0) checkPrintable(output, "output");
  if (output !== void 0) checkArtifactName(basename2(output), "the file name of output");
  else if (prefix !== void 0) checkArtifactName(prefix, "prefix");
}

// src/action/summary/markdown.ts
function code(raw) {
  const text = printable(raw).replace(/\s+/g, " ");
  if (text === "") return "";
  const ticks = text.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(0, ...ticks.map(({ length }) => length)) + 1);
  return /^[` ]|[` ]$/.test(text) ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}
function cell(raw) {
  return code(raw.replace(/\\*\|/g, "\\|"));
}

// src/action/summary/size-chart.ts
var maxSlices = 9;
function sizeChart(packages) {
  const largest = packages.filter(({ size }) => size > 0).sort((a, b) => b.size - a.size);
  if (largest.length === 0) return void 0;
  const rest = largest.slice(maxSlices);
  const slices = largest.slice(0, maxSlices).map(({ name, size }) => [name, size]);
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

// src/action/summary/summary.ts
var maxBytes = 1024 * 1024;
var reserve = 8 * 1024;
function summary2(packed, file, artifact) {
  const { manifest } = packed;
  const chart = sizeChart(manifest.packages);
  const head = [
    `## ${code(file)}`,
    "",
    ...facts(packed, artifact),
    "",
    ...chart === void 0 ? [] : ["### Size by package", "", "```mermaid", chart, "```", ""]
  ].join("\n");
  const left = leftOut(manifest, (maxBytes - Buffer.byteLength(head)) / 4);
  const packages = packageTable(
    manifest.packages,
    maxBytes - Buffer.byteLength(head) - Buffer.byteLength(left) - reserve
  );
  return [head, packages, left].join("\n");
}
function facts({ manifest, ...packed }, artifact) {
  const { python, needs, arch } = manifest;
  const kernel = needs.kernel === void 0 ? [] : [`Linux ${needs.kernel} or later`];
  const level = needs.isaLevel === void 0 ? [] : [`x86-64-v${needs.isaLevel} or better`];
  const rows = [
    ["Python", cell(`${python.release} of ${manifest.builtOn}, ${arch}`)],
    ["Runs on", ["any distribution", ...kernel, ...level].join(", ")],
    ["Size", `${megabytes(packed.size)}, unpacked ${megabytes(packed.unpackedSize)}`],
    ["SHA-256", `<code>${packed.sha256}</code>`],
    ...packed.checks.map(({ name, detail }) => [`\u2713 ${name}`, cell(detail)])
  ];
  if (packed.checks.length === 0) rows.push(["Checks", "none (verify: false)"]);
  if (artifact !== void 0) rows.push(["Download", `[${cell(artifact.name)}](${artifact.url})`]);
  return ["| | |", "|---|---|", ...rows.map(([name, value]) => `| ${name} | ${value} |`)];
}
function packageTable(packages, room) {
  return details(
    `${packages.length} packages, and why each is packed`,
    ["| Package | Unpacked | License | Reason |", "|---|--:|---|---|"],
    [...packages].sort((a, b) => b.size - a.size),
    ({ nevra, size, license, reason }) => `| ${cell(nevra)} | ${megabytes(size)} | ${cell(license)} | ${cell(reason)} |`,
    room
  );
}
function leftOut({ leftOut: left }, room) {
  if (left.length === 0) return "";
  return details(
    `${left.length} packages left out, although a Requires leads to them`,
    ["| Package | Chain of Requires |", "|---|---|"],
    left,
    ({ package: pkg, chain }) => `| ${cell(pkg)} | ${cell(chain.join(" \u2192 "))} |`,
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
  const more = rest === 0 ? [] : ["", `and ${rest} more; ${manifestName} in the archive lists all.`];
  return [`<details><summary>${title}</summary>`, "", ...head, ...shown, ...more, "", "</details>", ""].join(
    "\n"
  );
}

// src/action/main.ts
var log = workflowLog();
async function main() {
  const runner = readRunner(process.env);
  const { pack: options, artifact: artifactOptions } = readInputs({
    input: getInput,
    directory: runner.temp,
    sourceDateEpoch: process.env.SOURCE_DATE_EPOCH || void 0
  });
  await preflight(options, artifactOptions, runner);
  const packed = await pack(options, log);
  await print.group("Packages", () => print.line(planTable(packed.manifest)));
  setArchiveOutputs(packed, await writeManifest(packed));
  const artifact = artifactOptions && await upload(packed, artifactOptions, runner);
  if (artifact !== void 0) setArtifactOutputs(artifact);
  if (process.env.GITHUB_STEP_SUMMARY) {
    await summary.addRaw(summary2(packed, basename3(packed.path), artifact)).write();
  }
}
async function writeManifest({ path, manifest }) {
  const beside = `${withoutSuffix(path)}.${manifestName}`;
  await withScratch(
    dirname3(beside),
    basename3(beside),
    async (temporary) => orOutputError(beside, () => {
      writeFileSync2(temporary, formatManifest(manifest));
      renameSync(temporary, beside);
    })
  );
  return beside;
}
async function upload(packed, options, runner) {
  const name = artifactName(packed.path, options);
  log.stage(`Uploading ${name}`);
  return await print.group(`Uploading ${name}`, () => uploadArtifact(packed, options, runner));
}
function setArchiveOutputs(packed, manifestPath) {
  setOutput("path", packed.path);
  setOutput("sha256", packed.sha256);
  setOutput("size", packed.size);
  setOutput("unpacked-size", packed.unpackedSize);
  setOutput("python-version", packed.manifest.python.release);
  setOutput("arch", packed.manifest.arch);
  setOutput("packages", printableJson(packed.manifest.packages));
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
    const { title, message: message2 } = errorAnnotation(error2);
    print.error(message2, title);
    print.debug(`${error2.stack}
${error2.cause ?? ""}`);
  } else {
    const stack = error2 instanceof Error ? error2.stack ?? error2.message : String(error2);
    print.error(stack, "This is a bug in relopack: please report it with this message");
  }
}
process.stdout.write("", () => process.stderr.write("", () => process.exit()));
