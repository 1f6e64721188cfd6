// Says once, two minutes before a kept time comes free, that it can be kept longer.
const bar = document.querySelector("[data-hold-until]");
const notice = bar?.querySelector("[data-hold-notice]");
const WARN_BEFORE = 120_000;
const LONGEST = 3_600_000;

function soon() {
  notice.textContent = notice.dataset.holdNotice;
}

if (notice) {
  // The server's clock counts: it says how long is left, the browser only waits.
  const left = Number(bar.dataset.holdLeft) * 1000;
  setTimeout(soon, Math.min(Math.max(left - WARN_BEFORE, 0), LONGEST));
}
