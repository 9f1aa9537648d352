// Keys of the comparison that mean something else elsewhere: « ? » is the help, j and k move along a list. Digits take one record
// as the base, arrows walk the values, r writes the result, l opens the link between two that are not one.
(() => {
  const pair = () => document.getElementById("pair");
  const quiet = () => document.querySelector("dialog[open]") || localStorage.getItem("keys") === "off";
  const rows = () => [...document.querySelectorAll("#pair .fields tr:has(input[type=radio][form])")];

  function fill(radio) {
    const text = radio.closest("tr").querySelector(".result .form-control, .result .form-select");
    if (!text) return;
    text.value = radio.dataset.value ?? text.dataset.ruled ?? "";
    text.closest("td").classList.toggle("chosen", text.value !== (text.dataset.ruled ?? ""));
  }
  function pick(radio, focus = true) {
    radio.checked = true;
    if (focus) radio.focus();
    fill(radio);
  }
  function base(side) {
    for (const row of rows()) {
      const radio = row.querySelector(`input[type=radio][value=${side}]`);
      if (radio) pick(radio, false);
    }
  }
  function walk(step) {
    const list = rows();
    if (list.length === 0) return;
    const at = list.indexOf(document.activeElement?.closest("tr"));
    const row = list[Math.min(list.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    row.querySelector("input[type=radio]:checked")?.focus();
    row.scrollIntoView({ block: "nearest" });
  }
  function turn(step) {
    const row = document.activeElement?.closest("tr");
    const radios = row ? [...row.querySelectorAll("input[type=radio]")] : [];
    if (radios.length === 0) return false;
    const at = radios.findIndex((radio) => radio.checked);
    pick(radios[Math.min(radios.length - 1, Math.max(0, at + step))]);
    return true;
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("#pair input[type=radio][form]")) fill(event.target);
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches("#pair td.result .form-control, #pair td.result .form-select")) return;
    const radio = event.target.closest("td").querySelector("input[type=radio]");
    radio.checked = true;
    event.target.closest("td").classList.toggle("chosen", event.target.value !== (event.target.dataset.ruled ?? ""));
  });

  document.addEventListener("keydown", (event) => {
    if (!pair() || event.ctrlKey || event.metaKey || event.altKey || quiet()) return;
    if (event.key === "Escape" && pair().contains(event.target)) { event.target.blur(); return; }
    if (event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")) return;
    let done = true;
    if (["?", "j", "k"].includes(event.key)) {
      const wanted = pair().querySelector(`[data-key="${event.key}"]`);
      if (wanted) wanted.click(); else done = false;
    }
    else if (event.key === "l") {
      const link = document.getElementById("link");
      if (link) { link.open = true; link.querySelector("select").focus(); } else done = false;
    }
    else if (event.key === "1" || event.key === "2") base(event.key === "1" ? "left" : "right");
    else if (event.key === "r") {
      const row = document.activeElement?.closest("#pair .fields tr") ?? rows()[0];
      const text = row?.querySelector(".result .form-control, .result .form-select");
      if (text) { text.focus(); text.select?.(); }
    }
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") done = turn(event.key === "ArrowRight" ? 1 : -1);
    else done = false;
    if (done) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  document.addEventListener("click", (event) => {
    if (!event.target.closest("#pair a[href='#link']")) return;
    const link = document.getElementById("link");
    link.open = true;
    link.querySelector("select").focus();
  });

  // The next pair is here before this one is judged: the answer then says only that it may be shown.
  let ahead = null;
  async function prepare() {
    const next = pair()?.dataset.next;
    ahead = null;
    if (!next) return;
    const address = next + (next.includes("?") ? "&" : "?") + "avance=true";
    const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (answer?.ok && pair()?.dataset.next === next) ahead = { next, html: await answer.text() };
  }
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb === "post" && ahead && pair()?.contains(event.detail.elt)) event.detail.headers["X-Rcu-Ready"] = ahead.next;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.getResponseHeader("X-Rcu-Ready") !== ahead?.next || !ahead) return;
    event.detail.serverResponse = ahead.html.replace("<!--judged-->", event.detail.serverResponse);
  });
  document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "pair" || event.detail.elt?.id === "pair") prepare(); });
  document.addEventListener("DOMContentLoaded", prepare);
  if (document.readyState !== "loading") prepare();
})();
