// What the pages do in the browser besides htmx: keys, theme, menus, search, notices. Every page works without it.
(() => {
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const notices = one("#notices");

  function tell(text, bad) {
    const box = document.createElement("div");
    box.className = `notice ${bad ? "notice-bad" : "notice-good"}`;
    box.textContent = text;
    notices.append(box);
    setTimeout(() => box.remove(), 10000);
  }
  all(".notice", notices).forEach((box) => setTimeout(() => box.remove(), 10000));

  // ---- theme
  const choice = () => localStorage.getItem("theme") || "auto";
  function showTheme() {
    const dark = choice() === "dark" || (choice() === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
    all("[data-theme]").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.theme === choice())));
  }
  showTheme();

  // ---- clicks
  const rail = one("#rail");
  function openRail(open) {
    rail?.classList.toggle("open", open);
    one("[data-rail]")?.setAttribute("aria-expanded", String(open));
  }
  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector);
    if (at("[data-theme]")) {
      localStorage.setItem("theme", at("[data-theme]").dataset.theme);
      showTheme();
    }
    if (at("[data-rail]")) {
      event.preventDefault();
      openRail(!rail.classList.contains("open"));
    } else if (!at("#rail")) {
      openRail(false);
    }
    if (at("[data-print]")) print();
    if (at("[data-help]")) one("#keys")?.showModal();
    if (at("[data-dialog]")) one(`#${at("[data-dialog]").dataset.dialog}`)?.showModal();
    if (at("[data-close-preview]")) closePreview();
    if (at("[data-copy]")) navigator.clipboard?.writeText(at("[data-copy]").dataset.copy).then(() => tell(notices.dataset.copied));
    all("details.menu[open]").forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
    if (!at(".search")) closeSearch();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-keys]")) localStorage.setItem("keys", event.target.checked ? "on" : "off");
    if (event.target.matches("[data-all]")) all('input[name="ids"]').forEach((box) => { box.checked = event.target.checked; });
    if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
  });

  // ---- search
  const search = one("#search");
  const results = one("#search-results");
  const options = () => (results ? all('[role="option"]', results) : []);
  function point(step) {
    const list = options();
    if (list.length === 0) return;
    const now = list.findIndex((o) => o.getAttribute("aria-selected") === "true");
    const next = now < 0 ? (step > 0 ? 0 : list.length - 1) : (now + step + list.length) % list.length;
    list.forEach((o, i) => {
      o.id ||= `search-option-${i}`;
      o.setAttribute("aria-selected", String(i === next));
    });
    search.setAttribute("aria-activedescendant", list[next].id);
    list[next].scrollIntoView({ block: "nearest" });
  }
  function closeSearch() {
    results?.classList.add("closed");
    search?.setAttribute("aria-expanded", "false");
    search?.removeAttribute("aria-activedescendant");
  }
  search?.addEventListener("focus", () => results.classList.remove("closed"));
  search?.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      point(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      const chosen = options().find((o) => o.getAttribute("aria-selected") === "true");
      const address = chosen && (chosen.href || one("a", chosen)?.href);
      if (address) {
        event.preventDefault();
        if (event.ctrlKey || event.metaKey) open(address, "_blank", "noopener");
        else location.assign(address);
      }
    } else if (event.key === "Escape") {
      closeSearch();
      search.blur();
    }
  });

  // ---- the panel beside a list
  const preview = one("#preview");
  async function showPreview(row) {
    if (!preview || !row?.dataset.preview) return;
    const answer = await fetch(row.dataset.preview, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) return tell(notices.dataset.failed, true);
    preview.innerHTML = await answer.text();
    preview.hidden = false;
  }
  function closePreview() {
    if (preview) preview.hidden = true;
  }

  // ---- keys (by event.key: the same on every keyboard)
  const places = { h: "/", c: "/comptes", p: "/contacts", s: "/segments", d: "/doublons", i: "/imports", a: "/activation" };
  const rows = () => all(".list tbody tr, [data-row]").filter((row) => row.offsetParent !== null);
  let going = 0;
  function move(step) {
    const list = rows();
    if (list.length === 0) return;
    const now = list.findIndex((row) => row.classList.contains("at"));
    const row = list[Math.min(list.length - 1, Math.max(0, now < 0 ? (step > 0 ? 0 : list.length - 1) : now + step))];
    list.forEach((other) => other.classList.toggle("at", other === row));
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    if (preview && !preview.hidden) showPreview(row);
  }
  const press = (key) => one(`[data-key="${key}"]`)?.click();
  document.addEventListener("keydown", (event) => {
    const inField = event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      search?.focus();
      search?.select();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && inField && event.target.form && event.target !== search) {
      event.target.form.requestSubmit();
      return;
    }
    if (event.key === "Escape") {
      closePreview();
      all("details.menu[open]").forEach((menu) => menu.removeAttribute("open"));
      openRail(false);
    }
    if (inField || event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]") || localStorage.getItem("keys") === "off") return;
    const at = one(".at");
    const soon = Date.now() - going < 1200;
    going = 0;
    if (soon && places[event.key] && (event.key === "h" || one(`.rail a[href="${places[event.key]}"]`))) location.assign(places[event.key]);
    else if (event.key === "g") going = Date.now();
    else if (event.key === "/") { event.preventDefault(); search?.focus(); }
    else if (event.key === "?") one("#keys")?.showModal();
    else if (event.key === "j" || event.key === "ArrowDown" && at) { event.preventDefault(); move(1); }
    else if (event.key === "k" || event.key === "ArrowUp" && at) { event.preventDefault(); move(-1); }
    else if (event.key === "Enter" && at && event.target === at) one("a[href]", at)?.click();
    else if (event.key === "o" && at) showPreview(at);
    else if (event.key === "x" && at) one("input[type=checkbox]", at)?.click();
    else if (event.key.length === 1) press(event.key);
  });

  // ---- htmx
  const token = one('meta[name="rcu-form"]')?.content;
  document.addEventListener("htmx:configRequest", (event) => {
    if (token && event.detail.verb !== "get") event.detail.headers["X-Rcu-Form"] = token;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target === results) {
      results.classList.remove("closed");
      search.setAttribute("aria-expanded", String(options().length > 0));
    }
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    const plain = (xhr.getResponseHeader("Content-Type") || "").startsWith("text/plain");
    tell(plain ? xhr.responseText : notices.dataset.failed, true);
  });
  document.addEventListener("htmx:sendError", () => tell(notices.dataset.offline, true));
})();
