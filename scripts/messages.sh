# Sourced by check: are the texts that people read all there in every language?

# messages_extract FILE: every text of the programs and templates, as a template to translate.
messages_extract() {
    "$python" -m babel.messages.frontend --quiet extract --mapping-file=pyproject.toml \
        --keyword=later --sort-by-file --no-location --omit-header --output-file="$1" app templates
}

# messages_update: the template and every language anew; new texts wait for a translator.
messages_update() {
    mkdir -p translations
    messages_extract translations/messages.pot
    "$python" scripts/catalogues.py update
}

# messages_complete: the template is up to date, and every language has every text.
messages_complete() {
    messages_extract "$scratch/messages.pot" || return 1
    cmp -s "$scratch/messages.pot" translations/messages.pot || {
        echo "translations/messages.pot is not up to date; run ./check messages."
        return 1
    }
    "$python" scripts/catalogues.py check
}
