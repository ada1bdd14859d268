// The chips of the accounts: a press says which accounts it stands for, and what opens a group says which one.
export default function ({ data, parentElement, setTriggerValue }) {
  let row = parentElement.querySelector(".chips");
  if (!row) {
    row = document.createElement("div");
    row.className = "chips";
    row.role = "group";
    row.ariaLabel = "Accounts that are heard";
    parentElement.append(row);
  }
  const focused = row.contains(document.activeElement) ? document.activeElement.dataset.chip : null;
  row.replaceChildren(...data.chips.map((one) => chip(one, setTriggerValue)));
  if (focused) [...row.querySelectorAll("button")].find((button) => button.dataset.chip === focused)?.focus();
}

function chip(one, send) {
  const box = element("button", "chip");
  box.type = "button";
  box.role = "checkbox";
  box.dataset.chip = one.group ?? one.keys[0];
  box.ariaLabel = [one.words, one.new, one.side].filter(Boolean).join(", ");
  box.title = [[one.words, one.new].filter(Boolean).join(", "), one.about].filter(Boolean).join(". ");
  box.append(element("span", "shapes"), element("span", "name", one.name), element("b", "", one.count));
  box.classList.toggle("is-new", Boolean(one.new));
  box.firstChild.innerHTML = one.shapes.join(""); // drawn by us, no text of theirs in it
  if (one.side) box.append(element("i", "", one.side));
  check(box, one.on);
  box.addEventListener("click", () => {
    check(box, box.ariaChecked !== "true"); // at once; the run that follows says it again
    send("press", one.keys);
  });
  if (!one.group) return box;
  const opens = element("button", "opens");
  opens.type = "button";
  opens.dataset.chip = `${one.group} opens`;
  opens.ariaExpanded = String(one.open);
  opens.ariaLabel = `${one.name}, each account`;
  opens.title = opens.ariaLabel;
  opens.addEventListener("click", () => send("open", one.group));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    send("open", one.group);
  });
  const frame = element("span", "group");
  frame.append(box, opens, ...one.members.map((member) => chip(member, send)));
  return frame;
}

function check(box, on) {
  box.ariaChecked = String(on);
}

function element(name, className, text = "") {
  return Object.assign(document.createElement(name), { className, textContent: text });
}
