/** Characters with a meaning in Markdown, in HTML, or in GitHub's links to addresses, people and issues. */
const special = /[&<>|\\`*_~[\]#!@:]/g;

/** Escapes a text for Markdown, also for the cell of a table. An HTML entity never opens or closes anything. */
export function text(raw: string): string {
  return raw
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(special, (character) => `&#${character.charCodeAt(0)};`);
}
