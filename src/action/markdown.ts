/** What Markdown, HTML or GitHub's links for addresses, people and issues would take for theirs. */
const special = /[&<>|\\`*_~[\]#!@:]/g;

/** Text that reads as it is in Markdown, in the cell of a table too: entities never open or close anything. */
export function text(raw: string): string {
  return raw
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(special, (character) => `&#${character.charCodeAt(0)};`);
}
