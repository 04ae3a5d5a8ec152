/** Names come from anywhere, and a terminal obeys what it is sent: control characters are shown as a question mark. */
export function printable(text: string): string {
  return text.replace(/(?!\n)\p{Cc}/gu, '?');
}

/**
 * The same for the log of a workflow, whose runner obeys lines that begin with `::` and whatever stands behind a `##[`
 * (actions/runner, ActionCommand.cs).
 */
export function unobeyed(text: string): string {
  return printable(text)
    .replace(/^(\s*):(?=:)/gm, '$1: ')
    .replaceAll('##[', '## [');
}
