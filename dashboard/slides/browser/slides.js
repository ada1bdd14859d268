// The slides of a deck: one is chosen, and dragged or moved by its arrows; where it goes is said, and the run that
// follows draws the list anew.
export default function ({ data, parentElement, setTriggerValue }) {
  let list = parentElement.querySelector(".slides");
  if (!list) {
    list = element("ol", "slides");
    list.ariaLabel = "Slides";
    parentElement.append(list);
  }
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.does : null;
  list.replaceChildren(...data.slides.map((one, place) => row(one, place, data, setTriggerValue)));
  if (focused) list.children[data.chosen]?.querySelector(`[data-does="${focused}"]:not(:disabled)`)?.focus();
}

let dragged; // the place of the slide that is dragged

function row(one, place, { chosen, slides }, send) {
  const item = element("li", place === chosen ? "chosen" : "");
  item.draggable = true;
  const choose = element("button", "choose");
  choose.type = "button";
  choose.dataset.does = "choose";
  choose.ariaCurrent = String(place === chosen);
  const picture = element("span", "picture"), words = element("span", "words");
  picture.ariaHidden = "true";
  picture.innerHTML = one.picture; // drawn by us: every word in it is escaped
  words.append(element("b", "", one.title), element("small", "", one.about));
  choose.append(element("span", "number", String(place + 1)), picture, words);
  choose.addEventListener("click", () => send("choose", place));
  choose.addEventListener("keydown", ({ key, altKey }) => {
    const way = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (way && !altKey) item.parentElement.children[place + way]?.querySelector(".choose").focus();
  });
  item.append(choose, arrow("↑", "up", -1), arrow("↓", "down", 1));
  item.addEventListener("dragstart", (event) => {
    dragged = place;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", one.title);
  });
  item.addEventListener("dragend", () => (dragged = undefined));
  item.addEventListener("dragover", (event) => {
    if (dragged === undefined) return;
    event.preventDefault();
    item.classList.toggle("over-above", dragged > place);
    item.classList.toggle("over-below", dragged < place);
  });
  item.addEventListener("dragleave", () => item.classList.remove("over-above", "over-below"));
  item.addEventListener("drop", (event) => {
    event.preventDefault();
    item.classList.remove("over-above", "over-below");
    if (dragged !== undefined && dragged !== place) send("put", [dragged, place]);
  });
  return item;

  function arrow(sign, does, way) {
    const button = element("button", "arrow", sign);
    button.type = "button";
    button.dataset.does = does;
    button.ariaLabel = `Move slide ${place + 1} ${does}`;
    button.disabled = place + way < 0 || place + way >= slides.length;
    button.addEventListener("click", () => send("put", [place, place + way]));
    return button;
  }
}

function element(name, className, text = "") {
  return Object.assign(document.createElement(name), { className, textContent: text });
}
