import type { Root } from '../host/root.ts';
import { pythonShebang, shebangSize } from '../relocate/shebang.ts';
import type { Interpreter } from './interpreter.ts';

/** Whether the file, no link, is a Python script that the packed interpreter would run on the host. */
export function isPythonScript(root: Root, { version }: Interpreter, host: string): boolean {
  if (!root.lstat(host)?.isFile()) return false;
  const asked = pythonShebang(root.head(host, shebangSize))?.version;
  return asked === '' || (asked !== undefined && `${version}.`.startsWith(`${asked}.`));
}
