// Saves a chart as a picture that stands alone: dark on white, its title above, whose figures and as of when below.

const PAD = 28; // around it all
const SLIDE = { width: 1600, height: 900 };
const TEXTS = [ // what stands above and below: size, height of a line, weight, colour
  { name: "title", size: 24, line: 30, weight: 700, colour: "ink" },
  { name: "subtitle", size: 15, line: 20, weight: 400, colour: "text" },
  { name: "note", size: 13, line: 18, weight: 400, colour: "quiet" },
];
const FAMILY = '"Source Sans", sans-serif';
const LEAST = 560; // a slide shows no figure drawn for a phone

// Data of a picture: figures by width, texts by name, colours of the light page; shown is how wide it is on the page.
export const save = async (picture, format, isSlide, shown) =>
  download(await drawn(picture, format, isSlide, shown), `${picture.name}.${format}`);

// What a reader pastes elsewhere. The browser takes it within the click, so it is promised before it is drawn.
export const copy = (picture, ready, shown) => navigator.clipboard.write([
  new ClipboardItem({ "image/png": ready.then(() => drawn(picture, "png", true, shown)) }),
]);

async function drawn(picture, format, isSlide, shown) {
  const { figure, width, height, zoom } = isSlide ? slide(picture) : asShown(picture, shown);
  const laid = framed(figure, picture, width, height);
  const address = await window.Plotly.toImage(laid, { format: "svg", width, height: laid.layout.height });
  const drawing = new DOMParser().parseFromString(decodeURIComponent(address.slice(address.indexOf(",") + 1)), "image/svg+xml");
  const [across, down] = [width * zoom, laid.layout.height * zoom].map(Math.round), root = drawing.documentElement;
  const attributes = { width: across, height: down, viewBox: `0 0 ${width} ${laid.layout.height}` };
  for (const name in attributes) root.setAttribute(name, attributes[name]);
  const style = drawing.createElementNS(root.namespaceURI, "style");
  style.textContent = await fontFace();
  root.prepend(style);
  const svg = new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" });
  return format === "svg" ? svg : raster(svg, across, down);
}

// The figure that leaves the least empty on a slide, and the width at which it fills its height.
function slide(picture) {
  const fitting = Object.entries(picture.figures).filter(([width]) => width >= LEAST).map(([drawn, text]) => {
    const figure = JSON.parse(text), { height } = figure.layout;
    let width = Number(drawn) + 2 * PAD;
    for (let turn = 0; turn < 3; turn++) // a narrower picture breaks its texts into more lines
      width = Math.max(Number(drawn) + 2 * PAD, ((height + around(picture, width)) * SLIDE.width) / SLIDE.height);
    return { figure, width: Math.round(width) };
  });
  const { figure, width } = fitting.reduce((best, one) => (one.width < best.width ? one : best));
  const zoom = SLIDE.width / width;
  return { figure, width, height: SLIDE.height / zoom, zoom };
}

// The figure as it stands on the page, at twice its size.
function asShown({ figures }, shown = 784) {
  const widths = Object.keys(figures), width = widths.findLast((one) => one <= shown) ?? widths[0];
  return { figure: JSON.parse(figures[width]), width: shown + 2 * PAD, height: 0, zoom: 2 };
}

function framed({ data, layout }, { texts, light }, width, height) {
  const { l = 0, r = 0, t = 0, b = 0 } = layout.margin, [title, subtitle, note] = TEXTS.map((one) => broken(one, texts, width));
  const above = tall(title) + tall(subtitle), below = tall(note), least = layout.height + above + below + 2 * PAD;
  const spare = Math.max(height - least, 0);
  const left = { xref: "paper", x: 0, xanchor: "left", xshift: -l, align: "left", showarrow: false, borderpad: 0, yref: "paper" };
  const written = ({ lines, size, weight, colour }, place) => ({
    ...left, ...place, font: { size, color: light[colour], weight }, text: lines.map(escaped).join("<br>") });
  const annotations = [...(layout.annotations ?? []),
    written(title, { y: 1, yanchor: "top", yshift: t + above }),
    written(subtitle, { y: 1, yanchor: "top", yshift: t + above - tall(title) }),
    written(note, { y: 0, yanchor: "bottom", yshift: -b - below - spare }),
  ].filter(({ text }) => text);
  const margin = { ...layout.margin, l: l + PAD, r: r + PAD, t: t + above + PAD, b: b + below + spare + PAD };
  const font = { family: FAMILY, ...layout.font }, size = { width, height: Math.max(least, height) };
  return { data, layout: { ...layout, ...size, annotations, font, margin, paper_bgcolor: light.page } };
}

const around = ({ texts }, width) => TEXTS.reduce((sum, one) => sum + tall(broken(one, texts, width)), 2 * PAD);
const tall = ({ lines, line }) => (lines.length ? lines.length * line + 10 : 0);
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

// A text in lines that fit between the edges, measured as it will be set.
function broken(style, texts, width) {
  const pen = document.createElement("canvas").getContext("2d"), lines = [];
  pen.font = `${style.weight} ${style.size}px ${FAMILY}`;
  for (const word of (texts[style.name] ?? "").split(" ").filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && pen.measureText(longer).width <= width - 2 * PAD) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return { ...style, lines };
}

// The page's font, within the picture: nobody else may have it.
async function fontFace() {
  const file = await fetch(document.querySelector("link[rel=preload][as=font]").href);
  const reader = new FileReader();
  reader.readAsDataURL(await file.blob());
  await new Promise((done) => reader.addEventListener("load", done));
  return `@font-face { font-family: "Source Sans"; font-weight: 200 900; src: url(${reader.result}); }`;
}

async function raster(svg, width, height) {
  const image = new Image(), canvas = Object.assign(document.createElement("canvas"), { width, height });
  image.src = URL.createObjectURL(svg);
  await image.decode();
  canvas.getContext("2d").drawImage(image, 0, 0, width, height);
  URL.revokeObjectURL(image.src);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function download(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
