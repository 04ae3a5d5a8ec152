/** Prints a line of progress on stderr. Stdout is for the result. */
export function say(line: string): void {
  process.stderr.write(`host: ${line}\n`);
}
