// Draws a chart with Plotly and repaints it in place, so that it keeps its element, its zoom and its focus.
import { copy, save } from "./picture.js";

const CONFIG = { displayModeBar: false, scrollZoom: false, showSendToCloud: false };
const COLOUR = /colou?r/i, SPAN = /(<span style="color:)([^"]+)/g;
const STILL = 200; // a window that has not changed for so many ms is as wide as it will be
const coarse = matchMedia("(pointer: coarse)"); // a finger, which swipes the page and not the chart
const dark = matchMedia("(prefers-color-scheme: dark)");
const mounts = new WeakMap(); // what is in each element that Streamlit gives
const charts = new Map(); // the charts on the page, by their keys
const first = new Map(); // what charts show that was sent before all else of the page, by their keys
let plotly; // one for all charts of the page

// Streamlit calls this when the data or the theme changed, and what it returns when the component leaves the page.
export default function ({ data, parentElement, setTriggerValue }) {
  const Part = data.picture ? Buttons : data.isFirst ? First : Chart;
  if (!mounts.has(parentElement)) mounts.set(parentElement, new Part(parentElement, data));
  const part = mounts.get(parentElement);
  part.pick = (name) => setTriggerValue("mark", name);
  part.tell = (width) => setTriggerValue("window", width);
  part.show(data);
  return () => {
    mounts.delete(parentElement);
    part.end();
  };
}

function plotlyFrom(address) {
  plotly ??= import(new URL(address, document.baseURI)).catch((error) => {
    plotly = undefined; // the next change tries again
    throw error;
  });
  return plotly;
}

// What a chart shows, sent before all else of the page: it is repainted at once, or as soon as it is mounted.
class First {
  show(data) {
    this.key = data.key;
    first.set(data.key, data);
    charts.get(data.key)?.show(data);
  }

  end() {
    first.delete(this.key);
  }
}

const SAID = 2000; // how long a button says what came of it

// The buttons that save or copy a chart as a picture, whether or not it stands on the page.
class Buttons {
  constructor(parent) {
    this.box = Object.assign(document.createElement("div"), { className: "panel-pictures" });
    for (const format of ["png", "svg"])
      for (const isSlide of [true, false])
        this.button(`${format.toUpperCase()}, ${isSlide ? "1600 × 900" : "as shown"}`, () => this.save(format, isSlide));
    this.button("Copy the picture", (button) => this.copy(button));
    parent.append(this.box);
  }

  show(data) {
    this.data = data;
  }

  button(words, act) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
    button.addEventListener("click", () => act(button));
    this.box.append(button);
  }

  async save(format, isSlide) {
    await plotlyFrom(this.data.plotly);
    await save(this.picture(), format, isSlide, this.shown());
  }

  async copy(button) {
    const words = button.textContent;
    const isCopied = await copy(this.picture(), plotlyFrom(this.data.plotly), this.shown()).then(() => true, () => false);
    button.ariaLive = "polite";
    button.textContent = isCopied ? "Picture copied" : "Not allowed here";
    setTimeout(() => (button.textContent = words), SAID);
  }

  picture() {
    const { picture } = this.data;
    return { ...picture, figures: { ...charts.get(picture.chart)?.data.figures, ...picture.figures } };
  }

  shown() {
    return charts.get(this.data.picture.chart)?.box.clientWidth;
  }

  end() {
    this.box.remove();
  }
}

class Chart {
  constructor(parent, { key }) {
    charts.set(this.key = key, this);
    this.box = Object.assign(document.createElement("div"), { className: "panel", tabIndex: 0, role: "img" });
    this.frame = Object.assign(document.createElement("div"), { className: "panel-mark", hidden: true });
    this.spoken = Object.assign(document.createElement("p"), { className: "panel-words", ariaLive: "polite" });
    this.rings = [];
    parent.append(this.box, this.spoken);
    this.box.addEventListener("keydown", (event) => this.press(event));
    this.box.addEventListener("blur", () => this.leave());
    this.repaint = () => this.paint();
    this.print = ({ type }) => {
      this.isOnPaper = type === "beforeprint";
      this.paint();
    };
    dark.addEventListener("change", this.repaint);
    this.sizes = new ResizeObserver(this.repaint);
    this.sizes.observe(this.box);
    addEventListener("beforeprint", this.print); // a printer measures before an observer is asked
    addEventListener("afterprint", this.print);
  }

  async show(sent) {
    const data = sent.figures ? sent : first.get(sent.key);
    if (!data || data === this.data) return this.paint();
    this.data = data;
    this.read = undefined;
    this.box.ariaLabel = data.alt;
    this.box.style.minHeight = `${this.figure().layout.height}px`; // nothing moves when Plotly comes
    try {
      await plotlyFrom(data.plotly);
      this.paint();
    } catch (error) {
      if (!this.box._fullLayout) this.box.textContent = data.alt;
      console.error(error);
    }
  }

  // The figure, read once, and the width that it is drawn for.
  figure() {
    return this.read ??= JSON.parse(Object.values(this.data.figures)[0]);
  }

  get width() {
    return Number(Object.keys(this.data.figures)[0]);
  }

  // Says how wide the window is now where another figure fits better, once it stays so.
  ask(room) {
    const { widths, window: told } = this.data, fitting = widths.findLast((one) => one <= room) ?? widths[0];
    clearTimeout(this.asking);
    if (fitting === this.width || told === innerWidth || this.isOnPaper) return;
    this.asking = setTimeout(() => this.tell(innerWidth), STILL);
  }

  paint() {
    const { box, data } = this, room = box.clientWidth;
    if (!window.Plotly || !data || !room) return;
    const isDark = !this.isOnPaper && isDarkPage(box);
    const state = [data.figures[this.width], room, isDark, coarse.matches];
    this.ask(room);
    if (this.painted?.every((one, place) => one === state[place])) return this.enframe();
    this.painted = state;
    const isFirst = !box._fullLayout, { data: traces, layout } = recoloured(this.figure(), isDark ? data.dark : {});
    const smaller = this.width > data.widths[0] ? Math.min(room / this.width, 1) : 1; // texts would lie on each other
    Object.assign(layout, { width: smaller < 1 ? this.width : room, uirevision: data.key });
    if (coarse.matches) layout.dragmode = false;
    box.style.minHeight = `${layout.height * smaller}px`;
    box.style.setProperty("--smaller", smaller);
    box.dataset.drawn = this.width;
    window.Plotly.react(box, traces, layout, CONFIG);
    box.append(this.frame);
    if (isFirst) {
      box.on("plotly_click", ({ points }) => points[0].customdata && this.pick(points[0].customdata));
      box.on("plotly_afterplot", () => this.enframe());
    }
    this.enframe();
  }

  // The marks that claims stand behind, each once, with its name and its words.
  marks() {
    const found = new Map();
    this.figure().data.forEach(({ customdata = [], hovertext }, curveNumber) => customdata.forEach((name, pointNumber) => {
      const words = Array.isArray(hovertext) ? hovertext[pointNumber] : hovertext;
      if (!found.has(name)) found.set(name, { name, words, curveNumber, pointNumber });
    }));
    return [...found.values()];
  }

  // Puts a frame around the mark whose claims are shown.
  enframe() {
    const mark = this.data.chosen && this.marks().find(({ name }) => name === this.data.chosen);
    const element = mark && this.element(mark);
    this.ring();
    this.frame.hidden = !element;
    if (element) this.surround(this.frame, element);
  }

  // Puts a ring and the word "new" around each mark that a new claim stands behind; the figure itself has none of it.
  ring() {
    this.rings.forEach((ring) => ring.remove());
    this.rings = [];
    if (!this.data.fresh.length) return;
    const named = new Set(this.data.fresh), marks = this.marks().filter(({ name }) => named.has(name));
    const taken = marks.length ? [...this.box.querySelectorAll("text, .point")].map((one) => one.getBoundingClientRect()) : [];
    this.rings = marks.map((mark) => this.element(mark)).filter(Boolean).map((element) => {
      const ring = Object.assign(document.createElement("div"), { className: "panel-new" });
      const word = Object.assign(document.createElement("span"), { textContent: "new" });
      ring.append(word);
      this.box.append(ring);
      this.surround(ring, element);
      const isFree = (side) => {
        word.className = side;
        const { left, right, top, bottom } = word.getBoundingClientRect();
        return !taken.some((one) => one.left < right && one.right > left && one.top < bottom && one.bottom > top);
      };
      if (!["left", "above", "below", "right"].some(isFree)) word.className = "above";
      taken.push(word.getBoundingClientRect());
      return ring;
    });
  }

  surround(frame, element) {
    const around = this.box.getBoundingClientRect(), { left, top, width, height } = element.getBoundingClientRect();
    const place = { left: left - around.left - 4, top: top - around.top - 4, width: width + 8, height: height + 8 };
    for (const side in place) frame.style[side] = `${place[side]}px`;
  }

  element({ curveNumber, pointNumber }) {
    const drawn = [...this.box.querySelectorAll(".trace")].find(({ __data__: [traced] }) =>
      (traced[0] ?? traced).trace?.index === curveNumber);
    return [...drawn?.querySelectorAll(".point") ?? []].find(({ __data__: { i } }) => i === pointNumber);
  }

  // Arrows go from mark to mark, Enter picks one, Escape leaves.
  press(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key], marks = this.marks();
    if (step && marks.length && this.box._fullLayout) {
      this.at = ((this.at ?? (step > 0 ? -1 : 0)) + step + marks.length) % marks.length;
      window.Plotly.Fx.hover(this.box, [marks[this.at]]);
      this.spoken.textContent = plain(marks[this.at].words);
    } else if (event.key === "Enter" && marks[this.at]) this.pick(marks[this.at].name);
    else if (event.key === "Escape") this.leave();
    else return;
    event.preventDefault();
  }

  leave() {
    this.at = undefined;
    this.spoken.textContent = "";
    if (this.box._fullLayout) window.Plotly.Fx.unhover(this.box);
  }

  end() {
    if (charts.get(this.key) === this) charts.delete(this.key);
    this.sizes.disconnect();
    dark.removeEventListener("change", this.repaint);
    removeEventListener("beforeprint", this.print);
    removeEventListener("afterprint", this.print);
    clearTimeout(this.asking);
    if (this.box._fullLayout) window.Plotly.purge(this.box);
    this.box.remove();
    this.spoken.remove();
  }
}

// Whether the page is dark: as its theme says, or where a system forces its own colours, as these are.
function isDarkPage(box) {
  const { colorScheme } = getComputedStyle(box);
  return colorScheme.includes("dark") && (dark.matches || !colorScheme.includes("light"));
}

// A figure with other colours, where colours stand; the words of a claim stay as they are.
function recoloured(value, colours, name = "") {
  if (Array.isArray(value)) return value.map((one) => recoloured(one, colours, name));
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, recoloured(one, colours, key)]));
  if (typeof value !== "string") return value;
  if (COLOUR.test(name)) return colours[value] ?? value;
  return value.replace(SPAN, (_, before, colour) => before + (colours[colour] ?? colour));
}

// The words of a label without its markup; what is parsed so is neither run nor loaded.
function plain(label = "") {
  const lines = label.replaceAll("<br>", "; ");
  return new DOMParser().parseFromString(lines, "text/html").body.textContent;
}
