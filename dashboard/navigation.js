// Scrolls the row of views, where it is wider than the screen, so that the view that is shown stands in it.
(() => {
  let shown;
  new MutationObserver(() => {
    const here = document.querySelector(".st-key-views [aria-current=page]");
    if (!here || here === shown) return;
    shown = here;
    requestAnimationFrame(() => here.scrollIntoView({ block: "nearest", inline: "center" }));
  }).observe(document, { childList: true, subtree: true });
})();
