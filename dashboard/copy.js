// Copies the text of a button that carries one, and says so on the button for two seconds.
addEventListener("click", async ({ target }) => {
  const button = target.closest?.("button[data-copy]");
  if (!button) return;
  const words = button.dataset.words ?? (button.dataset.words = button.textContent);
  const { copy } = button.dataset;
  const text = copy.startsWith("./") ? new URL(copy, location.href).href : copy; // a link to a view of this dashboard
  const copied = await navigator.clipboard.writeText(text).then(() => true, () => false);
  button.textContent = copied ? "Copied" : "Not allowed here";
  button.setAttribute("aria-live", "polite");
  setTimeout(() => (button.textContent = words), 2000);
});
