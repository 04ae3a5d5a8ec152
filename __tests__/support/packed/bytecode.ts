/**
 * Prints the number of .pyc files in the tree of the Python that runs this script, and the paths of those that do not
 * have the hash of their source, or are not checked by it (PEP 552).
 */
export const hashScript = `
import importlib.util, os, sys
count, wrong = 0, []
for directory, _, names in os.walk(sys.prefix):
    for name in names:
        path = os.path.join(directory, name)
        if not name.endswith(".pyc"):
            continue
        count += 1
        with open(path, "rb") as file:
            header = file.read(16)
        # importlib.util.source_from_cache() refuses the name of a module with a dot.
        with open(os.path.join(os.path.dirname(directory), name.rsplit(".", 2)[0] + ".py"), "rb") as file:
            source = file.read()
        if header != importlib.util.MAGIC_NUMBER + b"\\3\\0\\0\\0" + importlib.util.source_hash(source):
            wrong.append(path)
print(count, wrong)
`;
