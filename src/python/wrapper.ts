import { namesPython } from './shebang.ts';

/** A word of a script for sh that is the same in each process. */
interface Word {
  /** Its place in the body. */
  start: number;
  end: number;
  text: string;
  /** The text without quotes. */
  value: string;
}

/** A script for sh whose only command starts Python or another program. */
export interface Wrapper {
  /** The options in its first line, such as ` -e`. */
  options: string;
  /** The text after the first line. */
  body: string;
  /** The words that name Python: one, or those of `/usr/bin/env python3`. */
  python: (Word & { version: string }) | undefined;
  /** The path of the command, if that is not Python. */
  command: Word | undefined;
  /** All absolute paths: values of variables, the command, and arguments. */
  paths: Word[];
}

/** A line of the script: the variables that it sets, and the words of its command. */
interface Line {
  values: Word[];
  command: Word[];
}

/** The first line of a script for sh or bash. The lines that are supported mean the same in both. */
const firstLine = /^#![ \t]*\/(?:usr\/)?bin\/(?:env[ \t]+)?(?:ba|da)?sh((?:[ \t]+-[efux]+)?)[ \t]*\n/;
const ignored = /^[ \t]*(?:#.*|set[ \t]+[-+][efux]+[ \t]*)?$/;

/** A word without anything that sh replaces or splits, perhaps in quotes. */
const literal = /^(?:[\w./:=@%+,-]+|"[^"$`\\]*"|'[^']*')+/;
/** All arguments of the script. */
const parameters = /^(?:"\$@"|\$@|\$\{1\+"\$@"\})(?=[ \t]|$)/;
const assignment = /^[A-Za-z_]\w*=/;
/** An absolute path in a list, or after an option. */
const hidden = /[=:,]\//;

/**
 * Reads a script for sh that assigns literal values and then starts one program, with literal arguments and its own. These
 * are wrappers that distributions write. Undefined for any other file: its meaning cannot be known for sure.
 */
export function readWrapper(bytes: Buffer): Wrapper | undefined {
  const text = bytes.toString('latin1');
  const [head = '', options = ''] = firstLine.exec(text) ?? [];
  if (head === '') return undefined;
  const body = text.slice(head.length);
  const lines = readLines(body);
  if (lines === undefined) return undefined;
  const [line = [], ...more] = lines.map(({ command }) => command).filter(isNotEmpty);
  const [started, ...after] = line[0]?.text === 'exec' ? line.slice(1) : line;
  if (started === undefined || more.length > 0) return undefined;
  const python = pythonOf(started, after[0]);
  if (python === undefined && !isAbsolute(started)) return undefined;
  const command = python === undefined ? started : undefined;
  const args = after.filter(({ start }) => start >= (python ?? started).end);
  const words = [
    ...lines.flatMap(({ values }) => values),
    ...(command === undefined ? [] : [command]),
    ...args,
  ];
  if (words.some(({ value }) => hidden.test(value))) return undefined;
  return { options, body, python, command, paths: words.filter(isAbsolute) };
}

/** Reads all lines. Undefined if one of them is more than assignments and a command of literal words. */
function readLines(body: string): Line[] | undefined {
  const lines: Line[] = [];
  let at = 0;
  for (const text of body.split('\n')) {
    const words = ignored.test(text) ? [] : wordsOf(text, at);
    const line = words === undefined ? undefined : lineOf(words);
    const isAfterCommand = lines.some(({ command }) => command.length > 0);
    if (line === undefined || (isAfterCommand && line.values.length > 0)) return undefined;
    lines.push(line);
    at += text.length + 1;
  }
  return lines;
}

function lineOf(words: readonly Word[]): Line | undefined {
  const isExport = words[0]?.text === 'export';
  const rest = isExport ? words.slice(1) : words;
  const isCommand = ({ text }: Word) => !assignment.test(text);
  const first = rest.findIndex(isCommand);
  if (isExport && first !== -1) return undefined;
  const count = first === -1 ? rest.length : first;
  return { values: rest.slice(0, count).map(assignedValue), command: rest.slice(count) };
}

/** The words of a line, without those for all arguments. Undefined if one of them is not literal. */
function wordsOf(line: string, at: number): Word[] | undefined {
  const words: Word[] = [];
  let column = 0;
  for (;;) {
    column += /^[ \t]*/.exec(line.slice(column))?.[0].length ?? 0;
    const rest = line.slice(column);
    if (rest === '' || rest.startsWith('#')) return words;
    const [all = ''] = parameters.exec(rest) ?? [];
    const [text = all] = literal.exec(rest) ?? [];
    const end = column + text.length;
    if (end === column || !/^(?:[ \t]|$)/.test(line.slice(end))) return undefined;
    const value = text.replaceAll(/["']/g, '');
    if (all === '') words.push({ start: at + column, end: at + end, text, value });
    column = end;
  }
}

/** The words that name Python, as one. */
function pythonOf(started: Word, second: Word | undefined): Wrapper['python'] {
  const isEnv = started.value === 'env' || started.value === '/usr/bin/env';
  const named = isEnv ? second : started;
  const version = named === undefined ? undefined : namesPython(named.value);
  return named === undefined || version === undefined
    ? undefined
    : { ...named, start: started.start, version };
}

/** The value of an assignment, in its place. */
function assignedValue({ start, end, text, value }: Word): Word {
  const name = value.indexOf('=') + 1;
  return { start: start + name, end, text: text.slice(name), value: value.slice(name) };
}

function isAbsolute({ value }: Word): boolean {
  return value.startsWith('/');
}

function isNotEmpty(words: readonly Word[]): boolean {
  return words.length > 0;
}
