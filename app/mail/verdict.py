"""What the clinic's own mail server found out about a sender (RFC 8601), read with suspicion.

Anybody can write such a line into a mail.  Only the topmost one counts, and only when it bears
the name of the clinic's own server: that server puts its line above what came with the mail.
"""

LONGEST = 4096


def is_proven(topmost: str, authserv_id: str | None, sender: str) -> bool:
    """Say whether the server of that name found the sender's domain to be the real one."""
    domain = sender.rpartition("@")[2]
    if not authserv_id or not domain or len(topmost) > LONGEST:
        return False
    head, *results = _without_comments(topmost).lower().split(";")
    if head.split()[:1] != [authserv_id.lower()]:
        return False
    return any(_speaks_for(result.split(), domain) for result in results)


def _speaks_for(words: list[str], domain: str) -> bool:
    said = dict(word.split("=", 1) for word in words if "=" in word)
    if words[:1] == ["dmarc=pass"]:
        return said.get("header.from") == domain
    if words[:1] == ["dkim=pass"]:
        signer = said.get("header.d") or said.get("header.i", "").rpartition("@")[2]
        return "." in signer and (domain == signer or domain.endswith(f".{signer}"))
    return False


def _without_comments(text: str) -> str:
    """Leave out what stands in brackets or quotes: it may say anything."""
    kept, depth, quoted = [], 0, False
    for char in text:
        quoted ^= char == '"' and depth == 0
        depth += char == "(" and not quoted
        if depth == 0 and not quoted:
            kept.append(char)
        depth -= char == ")" and not quoted and depth > 0
    return "" if depth or quoted else "".join(kept)
