// Copies the text of a button that carries one, and says so on the button for two seconds.
addEventListener("click", async ({ target }) => {
  const button = target.closest?.("button[data-copy]");
  if (!button) return;
  const words = button.dataset.words ?? (button.dataset.words = button.textContent);
  const copied = await navigator.clipboard.writeText(button.dataset.copy).then(() => true, () => false);
  button.textContent = copied ? "Copied" : "Not allowed here";
  button.setAttribute("aria-live", "polite");
  setTimeout(() => (button.textContent = words), 2000);
});
