/** Comments and strings of a source (Python Language Reference, "Lexical analysis"). */
export const commentsAndStrings =
  /#[^\n]*|"""(?:[^"\\]|\\[\s\S]|"(?!""))*"""|'''(?:[^'\\]|\\[\s\S]|'(?!''))*'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/g;

/** `join` with texts only. */
const joined = /\bjoin\(\s*(['"]\/[^'"\\\n]*['"](?:\s*,\s*['"][^'"\\\n]*['"])+)\s*,?\s*\)/g;

/**
 * The texts in a source that stand in quotation marks on one line: no docstrings and no comments. Texts that are joined by
 * `os.path.join` are one text too. Escapes stay as they are written.
 */
export function stringConstants(source: string): string[] {
  const texts = [...source.matchAll(commentsAndStrings)].flatMap(([text]) =>
    text.startsWith('#') || text.startsWith('"""') || text.startsWith("'''") ? [] : [text.slice(1, -1)],
  );
  const paths = [...source.matchAll(joined)].map(([, list = '']) =>
    [...list.matchAll(/['"]([^'"]*)['"]/g)].map(([, text = '']) => text.replace(/\/$/, '')).join('/'),
  );
  return [...texts, ...paths];
}
