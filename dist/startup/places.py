"""What a moved Python has to be told of places, module by module. Added by relopack, imported when it is needed."""

import os

from _relopack import carried, environment, exists, like, tree

# Where systems keep their certificates: those of crypto/x509/root_linux.go of the Go project. Below the tree, the
# file that came along stands at one of these places.
certificate_files = (
    '/etc/ssl/certs/ca-certificates.crt',  # Debian, Alpine, Arch
    '/etc/pki/tls/certs/ca-bundle.crt',  # Fedora, RHEL
    '/etc/ssl/ca-bundle.pem',  # openSUSE
    '/etc/pki/tls/cacert.pem',
    '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
    '/etc/ssl/cert.pem',
)
certificate_directories = ('/etc/ssl/certs', '/etc/pki/tls/certs')

# The variables of sysconfig that name a place of this Python, rather than one of the compiler or of the system.
installation_variables = (
    'BINDIR BINLIBDEST CONFINCLUDEDIR CONFINCLUDEPY DESTDIRS DESTLIB DESTSHARED EXENAME INCLDIRSTOMAKE INCLUDEDIR '
    'INCLUDEPY LIBDEST LIBDIR LIBPC LIBPL MACHDESTLIB MANDIR SCRIPTDIR WHEEL_PKG_DIR datarootdir exec_prefix '
    'host_exec_prefix host_prefix prefix'
).split()


class Loader:
    """Loads a module by the loader that was found for it, then changes it. The module never gets to see this one."""

    def __init__(self, loader, change):
        self.loader = loader
        self.change = change

    def create_module(self, spec):
        with self.surroundings():
            return self.loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self.loader
        with self.surroundings():
            self.loader.exec_module(module)
        self.change(module)

    def surroundings(self):
        return needed_while_loaded.get(self.change, environment)()

    def __getattr__(self, name):
        return getattr(self.loader, name)


def certificate_file(below=''):
    for path in certificate_files:
        try:
            if os.stat(below + path).st_size > 0:
                return below + path
        except OSError:
            pass
    return None


def certificate_directory():
    """One that OpenSSL can look certificates up in: by links that are named after the hashes of their subjects."""
    for path in certificate_directories:
        try:
            if any(name.endswith('.0') for name in os.listdir(path)):
                return path
        except OSError:
            pass
    return None


def trust(ssl):
    """OpenSSL's places of certificates are compiled in; where they aren't there, the system's stand in for them."""
    from_openssl = ssl._ssl.get_default_verify_paths

    def get_default_verify_paths():
        file_variable, file, directory_variable, directory = from_openssl()
        if not exists(directory):
            directory = certificate_directory() or directory
        if not exists(file):
            file = certificate_file() or (certificate_directory() is None and certificate_file(tree)) or file
        return file_variable, file, directory_variable, directory

    set_from_openssl = ssl.SSLContext.set_default_verify_paths

    def set_default_verify_paths(self):
        set_from_openssl(self)
        # A variable stands in for the file or for the directory, and OpenSSL has read it. One that names a file says
        # what is trusted, so that no directory is added.
        file_variable, file, directory_variable, directory = get_default_verify_paths()
        _, known_file, _, known_directory = from_openssl()
        if file == known_file or file_variable in os.environ:
            file = None
        if directory == known_directory or file_variable in os.environ or directory_variable in os.environ:
            directory = None
        if file or directory:
            try:
                self.load_verify_locations(file, directory)
            except OSError:
                pass  # As OpenSSL passes over places of its own that it can't read.

    ssl._ssl.get_default_verify_paths = like(get_default_verify_paths, from_openssl)
    ssl.SSLContext.set_default_verify_paths = like(set_default_verify_paths, set_from_openssl)


def bundle(certs):
    """Distributions have certifi and requests name the file of their own systems. What is published brings its own."""
    where = getattr(certs, 'where', None)
    if where is None or where.__module__ != certs.__name__:
        return

    def found():
        path = where()
        return path if exists(path) else certificate_file() or certificate_file(tree) or path

    certs.where = like(found, where)
    if hasattr(certs, 'contents'):

        def contents():
            with open(found(), encoding='utf-8') as file:
                return file.read()

        certs.contents = like(contents, certs.contents)


def variables(sysconfigdata):
    """sysconfig's variables name the places that Python was built for."""
    values = sysconfigdata.build_time_vars
    prefix = values.get('prefix')
    for name in installation_variables:
        value = values.get(name)
        if isinstance(value, str):
            values[name] = ' '.join(moved(path, prefix) for path in value.split(' '))
    if values.get('TZPATH'):
        # After the system's, which are kept up to date.
        values['TZPATH'] += ':' + carried('/usr/share/zoneinfo')


def moved(path, prefix):
    return tree + path[len(prefix) :] if path == prefix or path.startswith(prefix + '/') else path


def wheels(ensurepip):
    """Before sysconfig named the directory of pip's wheel, distributions wrote it in."""
    for name in ('_WHEEL_PKG_DIR', '_WHEEL_DIR'):
        path = getattr(ensurepip, name, None)
        if path is None:
            continue
        # A string, or a path of pathlib since Python 3.13.
        own = moved(str(path), '/usr')
        if exists(own):
            setattr(ensurepip, name, type(path)(own))


def libraries(util):
    """No library of the system can be loaded by its name alone, so that what ldconfig knows would be no answer."""

    def find_library(name):
        found = []
        for directory in ('/lib64', '/lib'):
            if not exists(tree + directory):
                continue
            for entry in os.listdir(tree + directory):
                stem, _, version = entry.partition('.so')
                if stem == 'lib' + name and not version.strip('.0123456789'):
                    numbers = [int(number) for number in version.split('.') if number]
                    found.append((-len(numbers), numbers, entry))
        # A soname is the shortest of its kind: libz.so.1 leads to libz.so.1.2.13.
        return max(found)[2] if found else None

    util.find_library = like(find_library, util.find_library)


def terminfo():
    """The tree's descriptions of terminals come after the system's; an empty entry means the built-in places."""
    own = os.environ.get('TERMINFO_DIRS', '')
    places = ['/lib/terminfo', '/usr/lib/terminfo', carried('/usr/share/terminfo')]
    return environment(TERMINFO_DIRS=':'.join([own] + places))


def terminals(curses):
    for name in ('setupterm', 'initscr'):
        setattr(curses, name, with_terminfo(getattr(curses, name)))


def with_terminfo(function):
    def call(*arguments, **named):
        with terminfo():
            return function(*arguments, **named)

    return like(call, function)


def descriptions(terminfo):
    """The REPL has a reader of terminal descriptions of its own since Python 3.14, with the usual places written in."""
    directories = getattr(terminfo, '_get_terminfo_dirs', None)
    if directories is None:
        return

    def get_terminfo_dirs():
        return directories() + [terminfo.Path(carried('/usr/share/terminfo'))]

    terminfo._get_terminfo_dirs = like(get_terminfo_dirs, directories)


def line_editor(_):
    """readline looks the terminal up while it is loaded, and no more afterwards."""


def backends():
    """FlexiBLAS, by which some numpys calculate, may look for back ends where it was built for alone."""
    places = [path for path in (tree + '/lib64/flexiblas', tree + '/lib/flexiblas') if exists(path)]
    if not places:
        return environment()
    own = os.environ.get('FLEXIBLAS_LIBRARY_PATH')
    variables = {'FLEXIBLAS_LIBRARY_PATH': ':'.join(([own] if own else []) + places)}
    # By the configuration that came along, since the machine's may have names for what isn't here.
    default, libraries = configured_backends()
    named = os.environ.get('FLEXIBLAS')
    if named is None and 'FLEXIBLAS_CONFIG' not in os.environ:
        named = default
    library = libraries.get(named and named.upper())
    if library is not None:
        variables['FLEXIBLAS'] = library
    return environment(**variables)


def configured_backends():
    """The name of the default, in capitals as FlexiBLAS compares them, and the libraries by name."""
    default, libraries = None, {}
    files = [tree + '/etc/flexiblasrc']
    if exists(files[0] + '.d'):
        files += [files[0] + '.d/' + name for name in sorted(os.listdir(files[0] + '.d'))]
    for path in filter(exists, files):
        section = None
        with open(path, encoding='utf-8', errors='replace') as file:
            for line in file:
                key, _, value = (part.strip() for part in line.partition('='))
                if key.startswith('['):
                    section = key.strip('[]').upper()
                elif key == 'default':
                    default = value.upper()
                elif key == 'library':
                    libraries[section] = value
    return default, libraries


def algebra(_):
    """FlexiBLAS chooses a back end while it is loaded."""


needed_while_loaded = {algebra: backends, line_editor: terminfo}


def scripts(tkinter):
    """Tcl and Tk look for the scripts that they are made of whenever an interpreter is made."""
    create = tkinter.create

    def call(*arguments, **named):
        places = {}
        for name, version, script in (
            ('TCL', tkinter.TCL_VERSION, '/init.tcl'),
            ('TK', tkinter.TK_VERSION, '/tk.tcl'),
        ):
            for directory in ('/share/', '/lib64/', '/lib/'):
                path = tree + directory + name.lower() + version
                if name + '_LIBRARY' not in os.environ and exists(path + script):
                    places.setdefault(name + '_LIBRARY', path)
        with environment(**places):
            return create(*arguments, **named)

    tkinter.create = like(call, create)
