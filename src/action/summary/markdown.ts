import { printable } from '../../common/escape.ts';

/**
 * The text as a code span of Markdown. Nothing in it is Markdown or HTML (GFM 6.3). GitHub makes no links in code: not of
 * addresses (GFM 6.9), and not of names, issues and commits (html-pipeline, IGNORE_PARENTS).
 */
export function code(raw: string): string {
  const text = printable(raw).replace(/\s+/g, ' ');
  if (text === '') return '';
  const ticks = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...ticks.map(({ length }) => length)) + 1);
  // One space at each end is removed again. A tick there would belong to the fence otherwise.
  return /^[` ]|[` ]$/.test(text) ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

/** The same for a cell of a table. A bar would end the cell, and a backslash before its own would escape that (GFM 4.10). */
export function cell(raw: string): string {
  return code(raw.replace(/\\*\|/g, '\\|'));
}
