// Looks once a second at the head of the record, says how old the page is, and asks for the bar again once it moved.
const EVERY = 1000, PATIENCE = 5000, LATE = 5000, LONGEST = 10_000, MINUTE = 60_000; // milliseconds
const looks = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
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
  }

  show(data) {
    this.data = data;
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
      if (head !== this.data.head && Date.now() - (this.asked?.[head] ?? 0) > LATE) {
        this.asked = { [head]: Date.now() }; // asked again where the answer was lost on its way
        this.ask(head);
      }
    } catch {
      this.tries += 1;
      this.next = Date.now() + Math.min(LONGEST, EVERY * 2 ** this.tries);
    }
    this.isLooking = false;
    this.write();
  }

  write() {
    const { data, line, lost, again } = this, now = Date.now(), age = now - (data.paused ? data.pausedAt : this.looked);
    const isLost = !data.paused && this.tries > 0 && age > LATE;
    lost.hidden = again.hidden = !isLost;
    this.box.classList.toggle("is-lost", isLost);
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
    this.box.remove();
  }
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
