"""Keys as people copy them (BIP 173): no letter like another, and six that check the rest."""

LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
FACTORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CHECK = 6


def spell(prefix: str, raw: bytes) -> str:
    """Return bytes as text that begins with what they are."""
    digits = _regrouped(raw, 8, 5, pad=True)
    rest = _remainder([*_spread(prefix), *digits, *[0] * CHECK]) ^ 1
    check = [(rest >> 5 * (CHECK - 1 - place)) & 31 for place in range(CHECK)]
    return f"{prefix}1" + "".join(LETTERS[digit] for digit in (*digits, *check))


def read(prefix: str, text: str) -> bytes:
    """Return the bytes that were spelled; raises ValueError for a slip or another prefix."""
    found, _, said = text.rpartition("1")
    if found != prefix or any(letter not in LETTERS for letter in said):
        raise ValueError(f"this does not begin with {prefix}1, or has letters of its own")
    digits = [LETTERS.index(letter) for letter in said]
    if _remainder([*_spread(prefix), *digits]) != 1:
        raise ValueError("a letter of it is wrong")
    return bytes(_regrouped(digits[:-CHECK], 5, 8, pad=False))


def _spread(prefix: str) -> list[int]:
    return [ord(one) >> 5 for one in prefix] + [0] + [ord(one) & 31 for one in prefix]


def _remainder(digits: list[int]) -> int:
    rest = 1
    for digit in digits:
        top, rest = rest >> 25, (rest & 0x1FFFFFF) << 5 ^ digit
        for place, factor in enumerate(FACTORS):
            rest ^= factor if top >> place & 1 else 0
    return rest


def _regrouped(digits: bytes | list[int], wide: int, new: int, *, pad: bool) -> list[int]:
    """Cut the same bits into digits of another width."""
    bits = "".join(f"{digit:0{wide}b}" for digit in digits)
    left = len(bits) % new
    if left and pad:
        bits += "0" * (new - left)
    elif left:
        if "1" in bits[-left:] or left >= wide:
            raise ValueError("there is something after its end")
        bits = bits[:-left]
    return [int(bits[start : start + new], 2) for start in range(0, len(bits), new)]
