# Sourced by the other scripts. Changes to the top of the checkout, and installs the npm packages. One of them is a Node
# that runs TypeScript.
cd "$(dirname "$0")/.."
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo 'Installing the npm packages.' >&2
  npm ci --no-audit --no-fund --loglevel=error >&2
fi
PATH=$PWD/node_modules/.bin:$PATH
if ! node -e 'process.exit(process.features.typescript ? 0 : 1)'; then
  echo "The tests and the demonstration need Node 24 or later; this is Node $(node --version)." >&2
  exit 1
fi
