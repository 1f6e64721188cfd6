// Says everything on the page two fifths longer and from right to left, as no language of ours
// does; returns by how many pixels it is too wide then, and leaves the page as it was.
() => {
  const LONGER = 0.4, MORE = "ýéá ";
  const root = document.documentElement;
  const before = {dir: root.dir, lang: root.lang};
  const said = new Map();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (/\p{L}/u.test(text.data) && !text.parentElement.closest("script, style, code")) {
      said.set(text, text.data);
    }
  }
  for (const [text, words] of said) {
    const longer = Math.floor(words.trim().length * LONGER);
    text.data = `${words.trimEnd()} ${MORE.repeat(longer).slice(0, longer)}`;
  }
  Object.assign(root, {dir: "rtl", lang: "ar"});
  const over = document.scrollingElement.scrollWidth - innerWidth;
  Object.assign(root, before);
  for (const [text, words] of said) text.data = words;
  return over;
}
