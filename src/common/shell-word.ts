/** Characters that no POSIX shell gives a meaning inside a word. */
const harmless = /^[\w=.,:/-]+$/;

/** The text as one word of a POSIX shell, always in single quotes. */
export function quotedShellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The text as one word of a POSIX shell. It is quoted only if the shell would change it otherwise. */
export function shellWord(text: string): string {
  return harmless.test(text) ? text : quotedShellWord(text);
}
