"use strict";
// A talk: slides by keys, the accounts beside, the table instead, a second window for the presenter. It needs no server;
// where it has one it asks whether what is shown was corrected, and changes nothing until the presenter says so.
const root = document.documentElement, main = document.querySelector("main"), { watch, frozen } = main.dataset;
const find = (id) => document.getElementById(id), sections = () => [...main.querySelectorAll("section")];
const asked = new URLSearchParams(location.search), isRehearsal = asked.has("rehearse");
const isDesk = location.hash === "#desk" || asked.has("notes") || isRehearsal;
const SECOND = 1000, SWIPE = 40, TAP = 10;
const state = { at: 0, isBlack: false, open: "", isRoom: false, begun: Date.now(), spent: [], seen: [] };
let peer = isDesk ? window.opener : null, newer = [], asking, left = performance.now();
asked.delete("notes"); // both windows of one talk hear each other
const channel = new BroadcastChannel(`contested talk ${location.pathname}?${asked}`);

const now = () => sections()[state.at];
const part = (section, name) => section?.querySelector(`details.${name}`);

function go(to) {
  if (to === state.at + 1 && isBefore()) return (state.seen[state.at] = true), show();
  const at = Math.max(0, Math.min(sections().length - 1, to));
  if (at === state.at && state.isRoom) return;
  spend();
  Object.assign(state, { at, open: "" });
  show();
  if (watch) look();
}

// Whether the content note of the slide is shown, and what it is about is not yet.
const isBefore = () => Boolean(now().querySelector(":scope > .content-note")) && !state.seen[state.at];

function spend() {
  const time = performance.now();
  state.spent[state.at] = (state.spent[state.at] ?? 0) + time - left;
  left = time;
}

function show() {
  if (isDesk) return showDesk();
  root.classList.toggle("room", state.isRoom);
  find("black").hidden = !state.isBlack;
  for (const section of sections()) {
    const is = state.isRoom && section === now(), table = part(section, "table");
    section.classList.toggle("now", is);
    section.classList.toggle("is-before", is && isBefore());
    section.classList.toggle("has-panel", is && state.open === "who");
    section.classList.toggle("has-table", is && state.open === "table");
    table?.classList.toggle("open", is && state.open === "table");
    if (table && state.isRoom) table.open = is && state.open === "table";
    section.querySelector(".number")?.remove();
    if (is) section.append(element("p", "number", `${state.at + 1} / ${sections().length}`));
  }
  const panel = find("panel"), who = state.isRoom && state.open === "who" && part(now(), "who");
  panel.hidden = !who;
  if (who) panel.replaceChildren(element("h2", "", "Who says so?"), ...copied(who.lastElementChild));
  more(panel, ":scope > :is(.one, .quiet)");
  more(main.querySelector(".now > .table.open"), "tbody tr");
  quiet();
  if (!state.isRoom) return;
  history.replaceState(null, "", `#${state.at + 1}`);
  document.body.dataset.at = state.at + 1;
  find("said").textContent = now().querySelector("h2").textContent;
}

// Says at the foot of what is open how much of it stands below.
function more(box, parts) {
  if (!box || box.hidden) return;
  const words = box.querySelector(":scope > .more") ?? box.appendChild(element("p", "more"));
  const tell = () => {
    const edge = box.getBoundingClientRect().bottom - words.offsetHeight;
    const below = [...box.querySelectorAll(parts)].filter((one) => one.getBoundingClientRect().bottom > edge + 1).length;
    words.textContent = below ? `${below} more, ↓` : "";
  };
  box.onscroll = tell;
  tell();
}

const copied = (from) => [...(from?.cloneNode(true).childNodes ?? [])];

function element(name, className, text = "") {
  return Object.assign(document.createElement(name), { className, textContent: text });
}

// Says once, in a band that covers no chart, that a figure of this slide was corrected.
function quiet() {
  const bar = find("quiet"), told = state.isRoom ? newer[state.at] : undefined;
  bar.hidden = !told;
  root.classList.toggle("is-corrected", Boolean(told));
  if (!told || bar.dataset.said === `${state.at} ${told.hash}`) return;
  bar.dataset.said = `${state.at} ${told.hash}`;
  const words = element("span", ""), key = element("span", "");
  words.append(element("b", "", told.words), ` You still see the state of ${frozen}.`);
  key.append(element("kbd", "", "U"), " shows the new state");
  bar.replaceChildren(words, key);
}

// Asks about the slide that is shown, and no other: what nobody sees need not be answered before it.
async function look() {
  const at = state.at, { key, hash } = now().dataset;
  if (!key || asking === key) return; // one question at a time: many would only wait for each other
  asking = key;
  try {
    const answer = await fetch(`${watch}&slide=${encodeURIComponent(key)}`, { cache: "no-store", headers: { accept: "application/json" } });
    if (!answer.ok) return;
    const { slides } = await answer.json();
    newer[at] = slides[key] && slides[key].hash !== hash ? slides[key] : undefined;
    isDesk ? showDesk() : quiet();
  } catch {} // the server is gone; the slides are here
  finally {
    if (asking === key) asking = undefined;
  }
}

async function renew(at) {
  if (!newer[at]) return;
  const answer = await fetch(`${newer[at].url}&number=${at + 1}`, { cache: "no-store" }).catch(() => undefined);
  if (!answer?.ok) return;
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("section");
  if (!parsed) return;
  sections()[at].replaceWith(document.importNode(parsed, true));
  newer[at] = undefined;
  show();
}

const toggle = (name) => (state.open = state.open === name ? "" : name);
const keys = {
  ArrowRight: () => go(state.at + 1), PageDown: () => go(state.at + 1), " ": () => go(state.at + 1),
  ArrowLeft: () => go(state.at - 1), PageUp: () => go(state.at - 1), Home: () => go(0), End: () => go(Infinity),
  ArrowDown: () => scroll(1), ArrowUp: () => scroll(-1),
  f: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()),
  w: () => toggle("who"), s: () => toggle("who"), t: () => toggle("table"),
  n: () => sections().forEach((one) => one.querySelector(".notes")?.toggleAttribute("hidden")),
  b: () => (state.isBlack = !state.isBlack), g: () => (state.isRoom = false), u: () => renew(state.at),
  r: () => Object.assign(state, { begun: Date.now(), spent: [] }),
  p: () => (peer = window.open("#desk", "contested desk", "width=1400,height=900")),
  "?": () => (find("keys").hidden = !find("keys").hidden),
  Escape: () => {
    if (!find("keys").hidden) find("keys").hidden = true;
    else if (state.isBlack) state.isBlack = false;
    else if (state.open) state.open = "";
    else state.isRoom = false;
  },
};

// Scrolls what is open: the accounts, the table, a chart that is taller than the room.
function scroll(way) {
  const table = now().querySelector(".table.open"), box = find("panel").hidden ? table ?? now().querySelector(".shown, .lines") : find("panel");
  box?.scrollBy({ top: way * box.clientHeight * 0.6 });
}

addEventListener("keydown", (event) => {
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key, own = ["p", "?", "f"];
  if (event.ctrlKey || event.metaKey || event.altKey || !keys[name]) return;
  const isStart = !state.isRoom && !isDesk;
  if (isStart && name === "p") return event.preventDefault(), begin(state.at);
  if (isStart && name !== "?" && !(name === "Escape" && !find("keys").hidden)) return; // a page to read scrolls by keys
  event.preventDefault();
  keys[name]();
  if (own.includes(name)) return;
  show();
  tell();
});

// In a hand: a swipe goes on and back, and so does a tap, at the left third back; what can be pressed stays its own.
let down;
const isOwn = (target) => target.closest("a, button, summary, select, .scroll, #panel, #keys, #quiet");
addEventListener("pointerdown", (event) => (down = event.pointerType === "mouse" || isOwn(event.target) ? undefined : event));
addEventListener("pointercancel", () => (down = undefined)); // the page scrolls
addEventListener("pointerup", (event) => {
  if (!down || !state.isRoom) return;
  const across = event.clientX - down.clientX, along = Math.abs(event.clientY - down.clientY);
  down = undefined;
  const isTap = Math.abs(across) < TAP && along < TAP, isBack = isTap ? event.clientX < innerWidth / 3 : across > 0;
  if (state.isBlack) state.isBlack = false;
  else if (isTap || (Math.abs(across) > SWIPE && Math.abs(across) > along)) go(state.at + (isBack ? -1 : 1));
  show();
  tell();
});
for (const button of find("hand").querySelectorAll("button")) button.addEventListener("click", () => {
  keys[button.dataset.key]();
  show();
  tell();
});

function begin(at) {
  Object.assign(state, { at, isRoom: true });
  left = performance.now();
  scrollTo(0, 0);
  show();
}

// What one window does the other does too: over a channel, and where a file has none, to the window that it opened.
function tell() {
  const { at, isBlack, open, begun, spent, seen, isRoom } = state, told = { at, isBlack, open, begun, spent, seen, isRoom: isRoom || isDesk };
  channel.postMessage(told);
  if (peer && peer !== window) peer.postMessage(told, "*");
}

function hear({ data, source }) {
  if (source && source !== peer && source !== window.opener) return;
  if (data?.asks) return tell();
  if (!Number.isInteger(data?.at) || data.at < 0 || data.at >= sections().length) return;
  left = performance.now();
  Object.assign(state, { at: data.at, isBlack: data.isBlack === true, open: String(data.open), begun: Number(data.begun), spent: data.spent, seen: [...data.seen], isRoom: data.isRoom === true });
  show();
}

// The presenter's window.
function showDesk() {
  const desk = find("desk"), at = now(), after = sections()[state.at + 1], told = newer[state.at];
  const say = element("div", "say"), against = element("div", "against"), film = element("div", "film"), top = element("div", "top");
  const place = element("span", "");
  place.append(element("b", "", `${isRehearsal ? "Rehearsal: slide" : "Slide"} ${state.at + 1} of ${sections().length}`), onScreen(at));
  top.append(place, clock());
  say.append(...copied(at.querySelector(".notes")));
  against.append(...copied(part(at, "who")?.lastElementChild));
  sections().forEach((one, place) => {
    const spent = state.spent[place] ? minutes(state.spent[place]) : "";
    const step = element("span", place === state.at ? "at" : "");
    step.append(element("b", "", `${place + 1} `), one.dataset.name ?? "", element("br", ""), place === state.at ? "now" : spent);
    film.append(step);
  });
  const one = element("div", "column"), two = element("div", "column"), foot = element("div", "foot");
  one.append(framed(at, "frame"), ...(told ? [element("p", "warn", `${told.words} U shows the new state.`)] : []), say);
  two.append(element("b", "", after ? `Next: ${state.at + 2}` : "This is the last slide"), ...(after ? [framed(after, "frame next")] : []),
    element("b", "", "If somebody objects"), against, element("b", "where", "Where you are, and the time spent on each"), film);
  for (const [key, words] of [["←", "back"], ["→", "next"], ["W", "who says so?"], ["T", "table"], ["B", "dark screen"], ["U", "new state"], ["R", "clock to 0"]]) {
    const item = element("span", "");
    item.append(element("kbd", "", key), ` ${words}`);
    foot.append(item);
  }
  desk.replaceChildren(top, one, two, foot);
  document.body.dataset.at = state.at + 1;
}

function onScreen(at) {
  if (state.isBlack) return " · the screen is dark";
  return ` · ${isRehearsal ? "shown" : "on the screen"}: “${at.querySelector(isBefore() ? ".content-note" : "h2").textContent}”`;
}

function framed(section, className) {
  const box = element("div", className), shown = section.querySelector(".wide svg, .lines")?.cloneNode(true);
  if (shown) for (const one of shown.querySelectorAll("*")) renamed(one, className.replace(" ", "-"));
  box.append(element("h2", "", section.querySelector("h2").textContent), ...(shown ? [shown] : []));
  return box;
}

// What a copied figure defines gets a name of its own: that of the first is not drawn.
function renamed(one, prefix) {
  if (one.id) one.id = `${prefix}-${one.id}`;
  for (const name of ["fill", "clip-path"]) {
    const value = one.getAttribute(name);
    if (value?.startsWith("url(#")) one.setAttribute(name, value.replace("url(#", `url(#${prefix}-`));
  }
}

const minutes = (span) => `${String(Math.floor(span / 60000)).padStart(2, "0")}:${String(Math.floor(span / 1000) % 60).padStart(2, "0")}`;

function clock() {
  const said = element("span", "clock", minutes(Date.now() - state.begun)), hour = new Date();
  said.append(element("small", "", ` · ${String(hour.getHours()).padStart(2, "0")}:${String(hour.getMinutes()).padStart(2, "0")}`));
  return said;
}

// Puts the slides of one account heard alone in the place of all, or all again; they were answered when the file was made.
async function hearAlone(name) {
  const parsed = new DOMParser().parseFromString(name ? await unpacked(find(name).textContent) : every, "text/html");
  sections().forEach((one) => one.remove());
  main.append(...[...parsed.querySelectorAll("section")].map((one) => document.importNode(one, true)));
  main.querySelector("nav ol").replaceChildren(...sections().map((one) => {
    const item = element("li", ""), link = element("a", "", one.querySelector("h2").textContent);
    link.href = `#${one.id}`;
    item.append(link);
    return item;
  }));
  main.querySelector("header .stamp").textContent = main.querySelector("section .stamp")?.textContent ?? "";
  state.at = 0;
}

async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

const every = sections().map((one) => one.outerHTML).join("");
find("heard")?.addEventListener("change", ({ target }) => hearAlone(target.value));
channel.onmessage = hear;
addEventListener("message", hear);
find("start").addEventListener("click", () => begin(0));
addEventListener("beforeprint", () => main.querySelectorAll("details").forEach((one) => (one.open = true)));
if (isDesk) {
  root.classList.add("desk");
  find("desk").hidden = false;
  show();
  setInterval(() => find("desk").querySelector(".clock").replaceWith(clock()), SECOND);
  channel.postMessage({ asks: true });
  if (peer) peer.postMessage({ asks: true }, "*");
} else if ("slides" in main.dataset) begin((parseInt(location.hash.slice(1), 10) || 1) - 1);
if (watch) setInterval(look, SECOND / 2);
