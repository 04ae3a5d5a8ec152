"""Lets ssl find certificates. The places of OpenSSL are compiled in; this machine may have others, or none."""

import os

from _relopack import copy_names
from _relopack.certificates import exists_here, packed_file, system_directory, system_file


def patch(ssl):
    from_openssl = ssl._ssl.get_default_verify_paths

    def get_default_verify_paths():
        file_variable, file, directory_variable, directory = from_openssl()
        if not exists_here(directory):
            directory = system_directory() or directory
        if not exists_here(file):
            file = system_file() or ('' if system_directory() else packed_file() or file)
        return file_variable, file, directory_variable, directory

    set_from_openssl = ssl.SSLContext.set_default_verify_paths

    def set_default_verify_paths(self):
        file_variable, file, directory_variable, directory = get_default_verify_paths()
        if not file and file_variable not in os.environ:
            # The redirect would let OpenSSL read the packed file. The directory of this machine is trusted instead.
            directory = os.environ.get(directory_variable, directory)
        else:
            set_from_openssl(self)
            # OpenSSL has read its two variables by now. Each replaces OpenSSL's own file or directory. If the variable
            # of the file is set, only the certificates in that file are trusted, so no directory is added.
            _, known_file, _, known_directory = from_openssl()
            if file == known_file or is_filled(known_file) or file_variable in os.environ:
                file = None
            if directory == known_directory or file_variable in os.environ or directory_variable in os.environ:
                directory = None
        if file or directory:
            try:
                self.load_verify_locations(file or None, directory)
            except OSError:
                pass  # OpenSSL ignores its own places too if it cannot read them.

    ssl._ssl.get_default_verify_paths = copy_names(get_default_verify_paths, from_openssl)
    ssl.SSLContext.set_default_verify_paths = copy_names(set_default_verify_paths, set_from_openssl)


def is_filled(path):
    """Whether OpenSSL finds certificates in its own file, perhaps by the redirect."""
    try:
        return os.stat(path).st_size > 0
    except OSError:
        return False
