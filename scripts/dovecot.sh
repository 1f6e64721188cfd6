# Sourced by test after venv.sh: makes sure that there is a mailbox server; DOVECOT names one.

dovecot_there() { "$python" -m tests.support.dovecot 2>/dev/null; }

if ! dovecot_there; then
    [ -z "${DOVECOT:-}" ] || fail "DOVECOT names $DOVECOT, which is not a program."
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Fetching Dovecot for the mailbox tests."
        { apt-get update && DEBIAN_FRONTEND=noninteractive \
            apt-get install -y --no-install-recommends dovecot-imapd; } >.venv/dovecot.log 2>&1 || :
    fi
    dovecot_there ||
        fail "Dovecot is missing and could not be fetched (see .venv/dovecot.log); install dovecot-imapd or name it in DOVECOT."
fi
