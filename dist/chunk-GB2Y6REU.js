import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/common/shell-word.ts
var harmless = /^[\w=.,:/-]+$/;
function quotedShellWord(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
function shellWord(text) {
  return harmless.test(text) ? text : quotedShellWord(text);
}

// src/common/message.ts
function option(name, value) {
  return value === void 0 ? { option: name } : { option: name, value };
}
function message(texts, ...values) {
  return texts.flatMap((text, index) => {
    const value = values[index];
    return value === void 0 ? [text] : [text, ...partsOf(value)];
  });
}
function joinMessages(messages, separator) {
  return messages.flatMap((part, index) => index === 0 ? partsOf(part) : [separator, ...partsOf(part)]);
}
function spell(message2, spelling) {
  return partsOf(message2).map((part) => typeof part === "string" ? part : spelling(part)).join("");
}
var asOption = ({ option: name, value }) => {
  if (value === false) return `--no-${name}`;
  if (value === void 0 || value === true) return `--${name}`;
  return `--${name} ${shellWord(value)}`;
};
function partsOf(value) {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  return "option" in value ? [value] : value;
}

// src/common/error.ts
var RelopackError = class extends Error {
  code;
  /** The remedy, as a sentence or a command. */
  remedy;
  #problem;
  #remedy;
  constructor(code, problem, remedy, options) {
    super(spell(problem, asOption), options);
    this.name = "RelopackError";
    this.code = code;
    this.remedy = spell(remedy, asOption);
    this.#problem = problem;
    this.#remedy = remedy;
  }
  /** The message and the remedy, with options in the form of a front end. */
  spelled(spelling) {
    return { message: spell(this.#problem, spelling), remedy: spell(this.#remedy, spelling) };
  }
};
function reason(error) {
  return error instanceof Error ? error.message : String(error);
}

// src/common/escape.ts
var controls = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;
var command = /^([\s\p{Cf}]*):(?=:)/gmu;
var olderCommand = "##[";
function printable(text) {
  return text.replace(controls, "?").replace(command, "$1: ").replaceAll(olderCommand, "## [");
}
function printableJson(value) {
  return JSON.stringify(value).replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`).replaceAll(olderCommand, "##\\u005b");
}

// src/options.ts
var optionRows = [
  {
    name: "python",
    kind: "text",
    value: "PYTHON",
    default: "python3",
    help: "the Python to pack: a version (3.12), a package, a capability or the path of an interpreter"
  },
  {
    name: "root",
    kind: "text",
    value: "DIR",
    default: "/",
    help: "pack the system that is installed in this directory"
  },
  {
    name: "dbpath",
    kind: "text",
    value: "DIR",
    default: "",
    help: "the directory of the RPM database, inside the root, if it is not in a usual place"
  },
  {
    name: "output",
    kind: "text",
    short: "o",
    value: "FILE",
    default: "",
    help: "the archive to write (PREFIX.tar.gz); an older one is replaced only when the new one is complete"
  },
  {
    name: "prefix",
    kind: "text",
    value: "NAME",
    default: "",
    help: "the one top folder of the archive (python3-VERSION-OSID-ARCH)"
  },
  {
    name: "include",
    kind: "globs",
    value: "GLOB",
    default: "",
    help: "pack these files, by archive path, even if they would be left out; the last matching glob wins"
  },
  {
    name: "exclude",
    kind: "globs",
    value: "GLOB",
    default: "",
    help: "leave these files out, by archive path; the last matching glob wins"
  },
  {
    name: "bytecode",
    kind: "switch",
    default: "true",
    help: "pack .pyc files, except those for -O and -OO"
  },
  {
    name: "scripts",
    kind: "switch",
    default: "true",
    help: "pack the console scripts of the packed packages, into bin"
  },
  {
    name: "tests",
    kind: "switch",
    default: "false",
    help: "pack the tests of the packed packages (Python's own tests are in the package python3-test: name it as a module)"
  },
  {
    name: "compression-level",
    kind: "number",
    value: "0-9",
    default: "6",
    help: "the compression level of gzip"
  },
  {
    name: "verify",
    kind: "switch",
    default: "true",
    help: "check the finished archive before it gets its name"
  },
  {
    name: "strict",
    kind: "switch",
    default: "false",
    help: "fail if a file was changed since installation, or belongs to no package"
  }
];
var maxNameBytes = 255;
var maxGlobLength = 1024;
function readOptions({ modules, values, globs, directory, sourceDateEpoch }) {
  const text = (name) => values.get(name) || defaultOf(name);
  const flag = (name) => trueOrFalse(name, text(name));
  return {
    modules,
    globs: globs.map(checkGlob),
    directory,
    python: text("python"),
    root: text("root"),
    ...text("dbpath") === "" ? {} : { dbpath: text("dbpath") },
    ...text("output") === "" ? {} : { output: outputFile(text("output")) },
    ...text("prefix") === "" ? {} : { prefix: topFolder(text("prefix")) },
    bytecode: flag("bytecode"),
    scripts: flag("scripts"),
    tests: flag("tests"),
    compressionLevel: wholeNumber(message`${option("compression-level")}`, text("compression-level"), {
      max: 9
    }),
    verify: flag("verify"),
    strict: flag("strict"),
    latest: sourceDateEpoch === void 0 ? Infinity : wholeNumber("SOURCE_DATE_EPOCH", sourceDateEpoch, { max: 2 ** 32 - 1 })
  };
}
function usage(problem, remedy) {
  return new RelopackError("usage", problem, remedy);
}
function defaultOf(name) {
  return optionRows.find((row) => row.name === name)?.default ?? "";
}
function trueOrFalse(name, value) {
  if (/^(?:true|yes)$/i.test(value)) return true;
  if (/^(?:false|no)$/i.test(value)) return false;
  throw usage(`${name} is '${value}'`, "Allowed values: true, false, yes, no.");
}
function wholeNumber(name, value, range) {
  const { min = 0, max } = range;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  throw usage(message`${name} is '${value}'`, `Allowed values: whole numbers from ${min} to ${max}.`);
}
function checkGlob(glob) {
  const isShort = glob.pattern.length <= maxGlobLength;
  if (isShort && !/[()|]/.test(glob.pattern)) return glob;
  throw usage(
    message`${isShort ? option(glob.kind, glob.pattern) : option(glob.kind)} is not a supported glob`,
    `Allowed values: paths with *, **, ?, [abc] and {one,two}, up to ${maxGlobLength} characters.`
  );
}
function outputFile(path) {
  if (isUtf8Name(path) && !/(?:^|\/)\.{0,2}$/.test(path)) return path;
  throw usage(message`${option("output")} is '${path}'`, "Allowed value: the path of a file, in UTF-8.");
}
function topFolder(prefix) {
  const fits = isUtf8Name(prefix) && !prefix.includes("/") && Buffer.byteLength(prefix) <= maxNameBytes;
  if (fits && prefix !== "." && prefix !== "..") return prefix;
  throw usage(
    message`${option("prefix")} is '${prefix}'`,
    `Allowed value: one folder name, without a slash, up to ${maxNameBytes} bytes.`
  );
}
function isUtf8Name(name) {
  return name !== "" && !/[\0\ufffd]/.test(name);
}

// src/common/suggestions.ts
function nearest(word, names, maxNames = 3) {
  const wanted = comparable(word);
  const maxEdits = Math.max(1, Math.floor(wanted.length / 3));
  const scored = [];
  for (const name of new Set(names)) {
    const candidate = comparable(name);
    const contains = candidate.includes(wanted) && wanted.length > 2;
    const score = contains ? 1 : editDistance(wanted, candidate);
    if (score <= maxEdits) scored.push({ name, score });
  }
  scored.sort((a, b) => a.score - b.score || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  return scored.slice(0, maxNames).map(({ name }) => name);
}
function comparable(name) {
  return name.toLowerCase().replace(/[-_.]+/g, "-").replace(/^python[\d-]*-/, "");
}
function editDistance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

export {
  quotedShellWord,
  shellWord,
  option,
  message,
  joinMessages,
  spell,
  asOption,
  RelopackError,
  reason,
  printable,
  printableJson,
  nearest,
  optionRows,
  readOptions,
  usage,
  trueOrFalse,
  wholeNumber
};
