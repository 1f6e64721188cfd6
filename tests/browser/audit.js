// What only a browser can tell about a page.  Returns sentences; none when the page is in order.
() => {
  const TARGET = 24;
  const found = [];
  const say = (what, one) => found.push(`${what}: ${one.outerHTML.slice(0, 160)}`);
  const shown = one => one.checkVisibility({visibilityProperty: true, opacityProperty: true});

  for (const one of document.querySelectorAll("script:not([src]), style, body [style]")) {
    say("inline script or style", one);
  }
  if (!["ltr", "rtl"].includes(document.documentElement.dir)) found.push("no direction");
  if (document.querySelectorAll("main").length !== 1) found.push("not one main");

  // A target inside a line of text may be as high as the line (WCAG 2.5.8); all others are not.
  const inLine = one => getComputedStyle(one).display === "inline" && one.closest("p, li, dd, dt, td");
  for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    if (one.type === "hidden" || !shown(one) || inLine(one) || one.closest(".skip")) continue;
    const box = (one.closest("label") ?? one).getBoundingClientRect();
    if (box.width < TARGET || box.height < TARGET) {
      say(`target of ${Math.round(box.width)} x ${Math.round(box.height)}`, one);
    }
  }
  return found;
}
