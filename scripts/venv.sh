# Sourced by run, test, check and bench, from the top folder: makes .venv and fills it.
# Afterwards $python is the Python that has everything.

python=.venv/bin/python
unset PYTHONDONTWRITEBYTECODE # the second start should be faster than the first
export PYTHONPYCACHEPREFIX="$PWD/.venv/bytecode"

fail() {
    echo "$1" >&2
    exit 1
}

# Prints the first Python that is new enough.
find_python() {
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

make_venv() {
    found=$(find_python) || fail "Python 3.11 or later is missing; name one in PYTHON."
    "$found" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "Python's venv module is missing (on Debian and Ubuntu: apt install python3-venv)."
    echo "Making .venv with $("$found" --version)."
    "$found" -m venv --clear .venv || fail "The folder .venv could not be made."
}

# install NAME: brings .venv in step with NAME.txt; nothing to do when it is already.
install() {
    stamp=.venv/$1.installed
    [ -f "$1.txt" ] || fail "The file $1.txt is missing; this is not a whole copy of Foreword."
    if [ -f "$stamp" ] && cmp -s "$1.txt" "$stamp"; then
        return
    fi
    "$python" -m pip --version >/dev/null 2>&1 || make_venv # half made, and interrupted
    echo "Installing $1.txt."
    "$python" -m pip install -qq --no-input --no-compile --disable-pip-version-check \
        --require-hashes --only-binary :all: -r "$1.txt" ||
        fail "The packages of $1.txt could not be installed; pip says why above (no network, or a package that is not the one we locked)."
    cp "$1.txt" "$stamp"
}

"$python" -c "" 2>/dev/null || make_venv
