// Looks about once a second at the head of the record, says how old the page is, and asks for the bar again once it moved.
const EVERY = 800, PATIENCE = 5000, LATE = 5000, LONGEST = 10_000, MINUTE = 60_000; // milliseconds
const ASKS = 2, CUT_OFF = "Connection error"; // how often the bar is asked for; the title of Streamlit's dialog
const looks = new WeakMap();
let wake; // runs the whole page

export default function ({ data, parentElement, setTriggerValue }) {
  if (data.isWhole) {
    wake = () => setTriggerValue("moved", Date.now());
    return;
  }
  if (!looks.has(parentElement)) looks.set(parentElement, new Look(parentElement));
  const look = looks.get(parentElement);
  look.ask = (head) => setTriggerValue("moved", head);
  look.show(data);
  return () => {
    looks.delete(parentElement);
    look.end();
  };
}

class Look {
  constructor(parent) {
    this.box = element("div", "look");
    this.lost = element("p", "lost");
    this.line = element("p", "age");
    this.spoken = element("p", "spoken");
    this.spoken.ariaLive = "polite";
    this.again = element("button", "again", "Try now");
    this.again.type = "button";
    this.again.addEventListener("click", () => this.look(true));
    this.box.append(this.lost, this.line, this.again, this.spoken);
    parent.append(this.box);
    this.looked = Date.now();
    this.tries = this.next = this.spokenAt = 0;
    this.woken = () => this.look();
    document.addEventListener("visibilitychange", this.woken);
    this.timer = setInterval(this.woken, EVERY);
    this.left = () => keep(this.data, 0);
    addEventListener("pagehide", this.left);
  }

  show(data) {
    if (this.data && this.data.cookie !== data.cookie) keep(this.data, 0);
    this.data = data;
    keep(data);
    this.write();
    if (data.words && data.words !== this.said && Date.now() - this.spokenAt > MINUTE) {
      this.spoken.textContent = this.said = data.words;
      this.spokenAt = Date.now();
    }
  }

  async look(isNow = false) {
    if (!isNow && (document.hidden || this.data.paused || this.isLooking || Date.now() < this.next)) return this.write();
    this.isLooking = true;
    try {
      const address = new URL(this.data.address, document.baseURI);
      const answer = await fetch(address, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
      if (!answer.ok) throw new Error(answer.statusText);
      const { head } = await answer.json();
      this.looked = Date.now();
      this.tries = this.next = 0;
      this.tell(head);
    } catch {
      this.tries += 1;
      this.next = Date.now() + Math.min(LONGEST, EVERY * 2 ** this.tries);
    }
    this.isLooking = false;
    this.write();
  }

  // Asks for the bar again; where nothing comes of it the session is a new one, which has yet to run the page.
  tell(head) {
    if (this.asked?.head !== head) this.asked = { head, at: 0, times: 0 };
    const { asked } = this, now = Date.now();
    if (head === this.data.head || now - asked.at < LATE) return;
    asked.times += 1;
    asked.at = now;
    if (asked.times > ASKS) wake?.();
    else this.ask(head);
  }

  write() {
    const { data, line, lost, again } = this, now = Date.now(), age = now - (data.paused ? data.pausedAt : this.looked);
    const isLost = !data.paused && this.tries > 0 && age > LATE;
    lost.hidden = again.hidden = !isLost;
    this.box.classList.toggle("is-lost", isLost);
    this.box.closest(".st-key-live")?.toggleAttribute("data-lost", isLost);
    if (isLost) dismiss();
    line.classList.toggle("is-old", age > MINUTE && !data.paused);
    if (isLost) {
      say(lost, `The server has not answered for ${since(age)}`, ` · what you see is from ${data.shownAt}; your filters and words are kept`);
      say(line, "", `tries again in ${Math.max(1, Math.ceil((this.next - now) / 1000))} s`);
    } else if (data.paused) say(line, "", `not looked for ${since(age)}`);
    else say(line, "", `Newest ${data.newest} · looked ${since(age)} ago`);
  }

  end() {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.woken);
    removeEventListener("pagehide", this.left);
    this.box.remove();
  }
}

// Closes the dialog in which Streamlit says that it is cut off: the bar says so, and what is on the page can be read.
function dismiss() {
  const dialogs = [...document.querySelectorAll("[role=dialog]")].filter((one) => one.textContent.startsWith(CUT_OFF));
  dialogs.forEach((one) => one.querySelector("button[aria-label=Close]")?.click());
}

// Keeps which entry the page shows, for as long as it is open: where it is cut off, it goes on with that.
function keep({ cookie, shown }, seconds) {
  const secure = location.protocol === "https:" ? "; Secure" : "", age = seconds === undefined ? "" : `; Max-Age=${seconds}`;
  if (cookie) document.cookie = `${cookie}=${shown}; Path=/; SameSite=Strict${age}${secure}`;
}

function since(milliseconds) {
  return milliseconds < MINUTE ? `${Math.max(1, Math.floor(milliseconds / 1000))} s` : `${Math.floor(milliseconds / MINUTE)} min`;
}

function say(line, strong, words) {
  if (line.textContent === strong + words) return;
  line.replaceChildren(...(strong ? [element("b", "", strong)] : []), words);
}

function element(name, className, text = "") {
  return Object.assign(document.createElement(name), { className, textContent: text });
}
