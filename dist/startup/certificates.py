"""The places where systems have the certificates that they trust, and the file that was packed.

For C libraries the redirect lets each of these files lead to the others, and to the packed one: see
plan/redirects/known.ts. Python code gets the path of the file itself instead, as it may pass the path to other
programs. So this looks at the machine behind the redirect, which leaves paths alone that are relative to an open
directory.
"""

import os

from _relopack import tree

# The files, in the order of crypto/x509/root_linux.go of the Go project. The first of them that the host had is in the
# tree: see plan/libraries/certificates.ts. A test compares the two lists.
files = (
    '/etc/ssl/certs/ca-certificates.crt',  # Debian, Alpine, Arch
    '/etc/pki/tls/certs/ca-bundle.crt',  # Fedora, RHEL
    '/etc/ssl/ca-bundle.pem',  # openSUSE
    '/etc/pki/tls/cacert.pem',
    '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
    '/etc/ssl/cert.pem',
)
directories = ('/etc/ssl/certs', '/etc/pki/tls/certs')


def system_file():
    """The first file of this machine that is there and not empty, or None."""
    return first_file('')


def packed_file():
    """The file that was packed, or None."""
    return first_file(tree)


def first_file(top):
    for path in files:
        try:
            if stat_here(top + path).st_size > 0:
                return top + path
        except OSError:
            pass
    return None


def exists_here(path):
    """Whether this machine has a file or directory at an absolute path."""
    try:
        stat_here(path)
    except OSError:
        return False
    return True


def stat_here(path):
    """Examines a file of this machine by its absolute path."""
    root = os.open('/', os.O_PATH)
    try:
        return os.stat(path.lstrip('/'), dir_fd=root)
    finally:
        os.close(root)


def system_directory():
    """A directory of this machine in which OpenSSL can look certificates up, or None.

    OpenSSL does that by links that are named after the hashes of the certificates' subjects.
    """
    for path in directories:
        try:
            if any(name.endswith('.0') for name in os.listdir(path)):
                return path
        except OSError:
            pass
    return None
