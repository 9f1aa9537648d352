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

  // ---- search: a field and the list under it, in the top bar and in the palette
  const fields = [];
  function searchField(input, results) {
    if (!input) return;
    const said = one("[data-count]", input.closest("dialog") ?? input.form);
    const options = () => all('[role="option"]:not([aria-disabled])', results);
    const pointed = () => options().find((o) => o.getAttribute("aria-selected") === "true");
    function point(choose) {
      const list = options();
      if (list.length === 0) return;
      const next = choose(list.indexOf(pointed()), list.length);
      list.forEach((o, i) => o.setAttribute("aria-selected", String(i === next)));
      input.setAttribute("aria-activedescendant", list[next].id);
      list[next].scrollIntoView({ block: "nearest" });
    }
    const again = () => htmx.trigger(input, "again");
    const close = () => {
      results.classList.add("closed");
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const swapped = () => {
      results.classList.remove("closed");
      // Two lists may be in the page, each with its own places.
      options().forEach((o, i) => { o.id = `${results.id}-${i}`; });
      input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-expanded", String(options().length > 0));
      if (said) said.textContent = one("[data-said]", results)?.dataset.said ?? "";
      // Enter opens the first, unless more was typed since.
      const typed = one("[data-typed]", results)?.dataset.typed;
      if (typed === undefined || (typed !== "" && typed === input.value)) point(() => 0);
    };
    input.addEventListener("input", () => options().forEach((o) => o.setAttribute("aria-selected", "false")));
    const inActs = () => one("[data-level]", results) !== null;
    input.addEventListener("focus", () => results.classList.remove("closed"));
    input.addEventListener("keydown", (event) => {
      const at = pointed();
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        point((now, count) => event.key === "ArrowDown" ? (now + 1) % count : now < 0 ? count - 1 : (now - 1 + count) % count);
      } else if ((event.key === "Home" || event.key === "End") && at) {
        event.preventDefault();
        point((_, count) => event.key === "Home" ? 0 : count - 1);
      } else if (event.key === "Tab" && !event.shiftKey && at?.dataset.acts) {
        event.preventDefault();
        htmx.ajax("GET", at.dataset.acts, { source: input, target: results, swap: "innerHTML" });
      } else if (event.key === "Enter" && at?.href) {
        event.preventDefault();
        if (event.ctrlKey || event.metaKey) open(at.href, "_blank", "noopener");
        else location.assign(at.href);
      } else if (event.key === "Escape") {
        if (inActs()) {
          event.preventDefault();
          event.stopPropagation();
          again();
        } else if (!input.closest("dialog")) {
          close();
          input.blur();
        }
      }
    });
    fields.push({ input, results, close, swapped, again });
  }
  const search = one("#search");
  const palette = one("#palette");
  searchField(search, one("#search-results"));
  searchField(one("#palette-input"), one("#palette-results"));
  const closeSearch = () => fields[0]?.close();
  function openPalette() {
    if (!palette || palette.open) return;
    const { input, again } = fields[1];
    palette.showModal();
    input.value = "";
    input.focus();
    again();
  }
  palette?.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });

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
  // From the row ticked last to this one.
  let ticked;
  function tickTo(at) {
    const list = rows();
    const [from, to] = [list.indexOf(ticked ?? at), list.indexOf(at)].sort((a, b) => a - b);
    list.slice(Math.max(0, from), to + 1).forEach((row) => {
      const box = one('input[name="ids"]', row);
      if (box && !box.checked) box.click();
    });
    ticked = at;
  }
  const press = (key) => one(`[data-key="${key}"]`)?.click();
  document.addEventListener("keydown", (event) => {
    const inField = event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openPalette();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && inField && event.target.form && !fields.some((field) => field.input === event.target)) {
      event.target.form.requestSubmit();
      return;
    }
    if (event.key === "Escape") {
      closePreview();
      all("details.menu[open]").forEach((menu) => menu.removeAttribute("open"));
      openRail(false);
    }
    if (event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey) && !inField && one("[data-all]")) {
      event.preventDefault();
      const box = one("[data-all]");
      if (!box.checked) box.click();
      return;
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
    else if (event.key === "." && at) one("details.menu > summary, [data-menu]", at)?.click();
    else if (event.key.toLowerCase() === "x" && event.shiftKey && at) tickTo(at);
    else if (event.key === "x" && at) { ticked = at; one("input[type=checkbox]", at)?.click(); }
    else if (event.key.length === 1) press(event.key);
  });

  // ---- htmx
  const token = one('meta[name="rcu-form"]')?.content;
  document.addEventListener("htmx:configRequest", (event) => {
    if (token && event.detail.verb !== "get") event.detail.headers["X-Rcu-Form"] = token;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    fields.find((field) => field.results === event.target)?.swapped();
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    if (xhr.zone) return; // told in its place
    const plain = (xhr.getResponseHeader("Content-Type") || "").startsWith("text/plain");
    tell(plain ? xhr.responseText : notices.dataset.failed, true);
  });
  // A palette's line may open a page and begin something there: its address ends with the key that begins it.
  const begun = /^#faire-(\w)$/.exec(location.hash)?.[1];
  if (begun) {
    const opener = one(`[data-key="${begun}"]`);
    opener?.click();
    opener?.scrollIntoView({ block: "center" });
    one("textarea, input:not([type=hidden]), select", opener?.closest("details") ?? document.createElement("p"))?.focus();
  }
  document.addEventListener("htmx:sendError", ({ detail }) => detail.xhr.zone || tell(notices.dataset.offline, true));
})();
