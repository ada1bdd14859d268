// Gives the whole document the colour scheme of the app, so that dialogs and lists, which lie above it, have it too.
(() => {
  const follow = (app) => {
    const set = () => (document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme);
    new MutationObserver(set).observe(app, { attributes: true, attributeFilter: ["class"] });
    set();
  };
  new MutationObserver((_, seeking) => {
    const app = document.querySelector(".stApp");
    if (!app) return;
    seeking.disconnect();
    follow(app);
  }).observe(document, { childList: true, subtree: true });
})();
