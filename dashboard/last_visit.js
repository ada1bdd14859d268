// Remembers, in this browser alone, when it last looked at each story, so that the next visit is told what is new.
(() => {
  const VISIT = 30 * 60 * 1000; // a visit ends after half an hour without one, as web analytics have it
  const YEAR = 365 * 24 * 60 * 60;
  let kept;
  try {
    kept = window.localStorage;
  } catch {
    return; // where nothing may be kept, nothing is
  }
  const begin = () => {
    for (const name of Object.keys(kept).filter((name) => name.startsWith("seen-"))) {
      const [made, acted] = kept[name].split(" ");
      if (Date.now() - acted > VISIT) {
        const secure = location.protocol === "https:" ? "; Secure" : "";
        const story = name.slice("seen-".length);
        document.cookie = `last_looked-${story}=${made}; Path=/; Max-Age=${YEAR}; SameSite=Strict${secure}`;
      }
    }
  };
  const look = () => {
    const page = document.querySelector("[class*=st-key-seen-]")?.className.match(/st-key-seen-(\w+)-(\d+)/);
    if (page) {
      begin();
      kept[`seen-${page[1]}`] = `${new Date(page[2] * 1000).toISOString()} ${Date.now()}`;
    }
  };
  begin();
  for (const act of ["pointerdown", "keydown", "wheel", "visibilitychange", "pagehide"]) {
    addEventListener(act, look, { passive: true });
  }
})();
