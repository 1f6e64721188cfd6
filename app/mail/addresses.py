"""One person, one mailbox: nothing in a name or an address may name a second one."""

from email.headerregistry import Address

from email_validator import EmailNotValidError, validate_email

from app.domain.letter import one_line
from app.mail.faults import Refused

LONGEST_NAME = 200
# Long names are folded, and folding may lose the quotes around them: no mark that could then
# begin or end an address is let through, nor what would be taken for an encoded word.
_GRAMMAR = str.maketrans(dict.fromkeys('()<>[]:;@,"\\=?', " "))


def plain_address(text: str) -> str:
    """Return an address with its host in ASCII; Refused unless it is exactly one address."""
    try:
        known = validate_email(text, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise Refused("address_malformed") from error
    return f"{known.local_part}@{known.ascii_domain}"


def mailbox(name: str, address: str) -> Address:
    """Return a person's name and plain address as a header takes them."""
    username, _, domain = address.rpartition("@")
    return Address(one_line(name.translate(_GRAMMAR))[:LONGEST_NAME], username, domain)


def header_words(text: str) -> str:
    """Return words for a header, which no reader takes for encoded ones."""
    return one_line(text).replace("=?", "= ?")
