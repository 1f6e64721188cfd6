# Sourced by test after venv.sh: makes sure that there is a browser; CHROMIUM names one.

chromium_there() { "$python" -m tests.support.chromium 2>/dev/null; }

if ! chromium_there; then
    [ -z "${CHROMIUM:-}" ] || fail "CHROMIUM names $CHROMIUM, which is not a program."
    echo "Fetching Chromium for the browser tests."
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        { apt-get update && DEBIAN_FRONTEND=noninteractive \
            apt-get install -y --no-install-recommends chromium; } >.venv/chromium.log 2>&1 || :
    else
        "$python" -m playwright install chromium >.venv/chromium.log 2>&1 || :
    fi
    chromium_there ||
        fail "Chromium is missing and could not be fetched (see .venv/chromium.log); install it or name it in CHROMIUM."
fi
