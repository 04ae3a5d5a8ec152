import type { Root } from './root.ts';

/** The distribution that is installed in a root. */
export interface Distribution {
  /** ID and VERSION_ID of os-release as one word, such as `fedora41` or `rocky9.4`. */
  id: string;
  /** PRETTY_NAME, for messages. */
  name: string;
  /** The command that installs packages there and asks no questions, such as `dnf -y install`. */
  install: string;
}

/** The first one that is installed is used. dnf comes before yum, as yum is a link to dnf on hosts that have dnf. */
const installers = ['dnf -y', 'microdnf -y', 'tdnf -y', 'zypper --non-interactive', 'yum -y'];

/** Reads /etc/os-release (freedesktop os-release(5)) and finds the program that installs packages. */
export function readDistribution(root: Root): Distribution {
  const file = ['/etc/os-release', '/usr/lib/os-release'].find((path) => root.resolve(path) !== undefined);
  const fields = file === undefined ? new Map<string, string>() : parseOsRelease(root.read(file).toString());
  const id = fields.get('ID') ?? 'linux';
  const isInstalled = (command: string) =>
    root.resolve(`/usr/bin/${command.replace(/ .*/, '')}`) !== undefined;
  return {
    id: `${id}${fields.get('VERSION_ID') ?? ''}`.replace(/[^A-Za-z0-9._-]/g, ''),
    name: fields.get('PRETTY_NAME') ?? fields.get('NAME') ?? id,
    install: `${installers.find(isInstalled) ?? 'dnf -y'} install`,
  };
}

/** Reads shell assignments: one on each line, with the value bare or in single or double quotes. */
function parseOsRelease(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^\s*([A-Z0-9_]+)=(?:"(.*)"|'(.*)'|(\S*))\s*$/.exec(line);
    if (match?.[1] === undefined) continue;
    fields.set(match[1], (match[2] ?? match[3] ?? match[4] ?? '').replace(/\\(["$`\\])/g, '$1'));
  }
  return fields;
}
