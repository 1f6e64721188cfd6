# Sourced by lock and check: how a locked file says which wishes it was made of.

# requirements_mark NAME: the first line of NAME.txt.
requirements_mark() {
    echo "# ./lock made this of $1.in, checksum $(grep -v '^ *#' "$1.in" | cksum | tr ' ' -)"
}

# requirements_in_step NAME
requirements_in_step() {
    [ "$(head -n 1 "$1.txt")" = "$(requirements_mark "$1")" ] || {
        echo "$1.txt was not made of this $1.in; run ./lock."
        return 1
    }
}
