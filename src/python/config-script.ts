/**
 * The name of a script such as python3-config, python3.11-config or Fedora's python3.11-x86_64-config, with its version.
 * It prints the compiler options for extension modules.
 */
const name = /^python(\d[\d.]*)[a-z]*(?:-\w+)?-config$/;

/** Whether a program is a script of that kind for a Python of that version. `program` is its name in bin. */
export function isConfigScript(program: string, version: string): boolean {
  const asked = name.exec(program)?.[1];
  return asked !== undefined && `${version}.`.startsWith(`${asked}.`);
}
