// Scrolls the row of views, where it is wider than the screen, until the view that is shown stands in it.
new MutationObserver((_, observer) => {
  const here = document.querySelector(".st-key-views [aria-current=page]");
  if (!here) return;
  observer.disconnect();
  here.scrollIntoView({ block: "nearest", inline: "center" });
}).observe(document, { childList: true, subtree: true });
