/** Replaces control characters by question marks. Names come from anywhere, and could control the user's terminal. */
export function stripControls(text: string): string {
  return text.replace(/(?!\n)\p{Cc}/gu, '?');
}

/**
 * Does the same for the log of a workflow, and breaks the commands of its runner. To the runner, a line that begins
 * with `::` is a command, and so is the text after `##[` anywhere (actions/runner, ActionCommand.cs).
 */
export function escapeWorkflowCommands(text: string): string {
  return stripControls(text)
    .replace(/^(\s*):(?=:)/gm, '$1: ')
    .replaceAll('##[', '## [');
}
