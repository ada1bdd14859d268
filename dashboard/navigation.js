// Scrolls the row of views, where it is wider than the screen, so that the view that is shown stands in it.
new MutationObserver((changes) => {
  const row = document.querySelector(".st-key-views");
  if (!row || !changes.some(({ target }) => target.contains(row) || row.contains(target))) return;
  requestAnimationFrame(() => {
    const here = row.querySelector("[aria-current=page]");
    if (row.scrollWidth > row.clientWidth) here?.scrollIntoView({ block: "nearest", inline: "center" });
  });
}).observe(document, { childList: true, subtree: true });
