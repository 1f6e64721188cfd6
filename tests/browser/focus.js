// Goes through everything that can have the keyboard's focus; returns what does not show it.
// The last key pressed must have been Tab: only then do browsers draw the ring.
() => {
  const ring = one => {
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(one, part);
      if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) return true;
    }
    return false;
  };
  const found = [];
  const before = document.activeElement;
  const all = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  for (const one of document.querySelectorAll(all)) {
    if (!one.checkVisibility()) continue;
    one.focus();
    if (document.activeElement !== one) continue;
    if (!ring(one) && ![".choice", ".way"].some(row => one.closest(row) && ring(one.closest(row)))) {
      found.push(`no ring: ${one.outerHTML.slice(0, 160)}`);
    }
  }
  before?.focus();
  return found;
}
