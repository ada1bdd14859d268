// Says how wide the window is before the first answer, so that charts are drawn for that width alone.
document.cookie = `window_width=${innerWidth}; Path=/; SameSite=Strict${location.protocol === "https:" ? "; Secure" : ""}`;
