import { extendGetenv } from '../elf/isolate/getenv.ts';
import { isolateLibc } from '../elf/isolate/libc.ts';
import { isolateLoader } from '../elf/isolate/loader.ts';
import { isolateOpenssl } from '../elf/isolate/openssl.ts';
import { needByName } from '../elf/need-by-name.ts';
import { setRunpath } from '../elf/set-runpath/set-runpath.ts';
import type { Root } from '../host/root.ts';
import { relocateScript } from '../launcher/script.ts';
import { callStartup, disableUserSite } from '../launcher/startup.ts';
import { relocateWrapper } from '../launcher/wrapper.ts';
import type { Relocation, Source } from '../plan/entry.ts';
import { checkByHash } from '../python/pyc.ts';
import { hasDigest } from '../rpm/digest.ts';
import { relocateConfigScript } from './config-script.ts';
import { hmac } from './hmac.ts';
import { relocatePth } from './pth.ts';

/** The bytes of a file for the archive. */
interface Content {
  bytes: Buffer;
  /** Whether the host's file differs from the digest in the RPM database. */
  changed: boolean;
}

/** Reads a file and relocates it. Throws 'file-missing' if it cannot be read, and the errors of the ELF editor. */
export function readContent(root: Root, source: Source): Content {
  if (source.kind === 'made') return { bytes: source.bytes, changed: false };
  const original = root.read(source.host);
  const { digest } = source;
  const changed = digest !== undefined && !hasDigest(original, digest);
  return { bytes: relocate(root, original, source.relocation, source.host), changed };
}

/** Changes the bytes of a file as its relocation says. `host` is its path on the host. */
function relocate(root: Root, bytes: Buffer, relocation: Relocation, host: string): Buffer {
  switch (relocation.kind) {
    case 'none':
      return bytes;
    case 'elf': {
      const edited = setRunpath(needByName(bytes, host), relocation.runpath, host);
      if (relocation.strings === 'libcrypto') return isolateOpenssl(edited, host);
      return relocation.strings === 'libc' ? extendGetenv(isolateLibc(edited, host), host) : edited;
    }
    case 'loader':
      return isolateLoader(bytes, host);
    case 'bytecode': {
      const { source, script = { kind: 'none' } } = relocation;
      const original = root.read(source);
      return checkByHash(bytes, relocate(root, original, script, source), original);
    }
    case 'hmac': {
      const library = root.read(relocation.library);
      return hmac(bytes, relocate(root, library, relocation.relocation, relocation.library));
    }
    case 'startup':
      return callStartup(bytes);
    case 'site':
      return disableUserSite(bytes);
    case 'pth':
      return relocatePth(bytes, relocation.moves);
    case 'script':
      return relocateScript(bytes, relocation.path);
    case 'wrapper':
      return relocateWrapper(bytes, relocation.path, relocation.moves);
    case 'config-script':
      return relocateConfigScript(bytes);
  }
}
