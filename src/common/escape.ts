/** Replaces control characters by question marks: names come from anywhere, and a terminal obeys what it is sent. */
export function stripControls(text: string): string {
  return text.replace(/(?!\n)\p{Cc}/gu, '?');
}

/**
 * Does the same for the log of a workflow, and breaks the commands of its runner. The runner obeys a line that begins
 * with `::`, and the text after `##[` anywhere (actions/runner, ActionCommand.cs).
 */
export function escapeWorkflowCommands(text: string): string {
  return stripControls(text)
    .replace(/^(\s*):(?=:)/gm, '$1: ')
    .replaceAll('##[', '## [');
}
