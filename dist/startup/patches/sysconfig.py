"""Moves the variables of sysconfig into the tree. They name the places that Python was built for."""

from _relopack import move_into_tree, path_in_tree

# The variables that name a place of this Python. The others name places of the compiler or of the system.
installation_variables = (
    'BINDIR BINLIBDEST CONFINCLUDEDIR CONFINCLUDEPY DESTDIRS DESTLIB DESTSHARED EXENAME INCLDIRSTOMAKE INCLUDEDIR '
    'INCLUDEPY LIBDEST LIBDIR LIBPC LIBPL MACHDESTLIB MANDIR SCRIPTDIR WHEEL_PKG_DIR datarootdir exec_prefix '
    'host_exec_prefix host_prefix prefix'
).split()


def patch(sysconfigdata):
    values = sysconfigdata.build_time_vars
    prefix = values.get('prefix')
    for name in installation_variables:
        value = values.get(name)
        if isinstance(value, str):
            values[name] = ' '.join(move_into_tree(path, prefix) for path in value.split(' '))
    if values.get('TZPATH'):
        # The system's time zones come first, because they are kept up to date.
        values['TZPATH'] += ':' + path_in_tree('/usr/share/zoneinfo')
