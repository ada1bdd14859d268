// Leads back to the address, with its filters, from which somebody went to sign in; a provider leads to the first page.
const SIGN_IN_KEY = "address-before-sign-in";
addEventListener("click", ({ target }) => {
  if (!target.closest?.("[class*='st-key-sign-in']")) return;
  sessionStorage.setItem(SIGN_IN_KEY, JSON.stringify([Date.now(), location.pathname + location.search]));
});
{
  const [at, address] = JSON.parse(sessionStorage.getItem(SIGN_IN_KEY) ?? "[0, null]");
  const TEN_MINUTES = 600_000;
  const isBack = location.pathname === "/" && location.search === "" && Date.now() - at < TEN_MINUTES;
  if (isBack && address) {
    sessionStorage.removeItem(SIGN_IN_KEY);
    if (address !== "/" && /^\/(?!\/)/.test(address)) location.replace(address);
  }
}
