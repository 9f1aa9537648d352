// What a person is told of a piece of page that takes long, that did not come, or that cannot come: the network is gone.
(() => {
  const words = document.querySelector("#notices")?.dataset;
  const banner = document.querySelector("#offline");
  if (!words) return;
  const waits = new Map();

  // What somebody asked to see, in a place that can hold a few words: neither a list that reads itself again, nor a cell.
  const isZone = ({ elt, target, requestConfig }) =>
    requestConfig.verb === "get" && elt.matches("a, button") && target.matches("section, div");

  function box(kind, target, role) {
    const made = document.createElement("div");
    made.className = `zone-${kind}`;
    made.setAttribute("role", role);
    const top = target.querySelector(":scope > nav, :scope > .tabs");
    made.style.top = `${top ? top.offsetTop + top.offsetHeight : 0}px`;
    target.append(made);
    return made;
  }
  function sentence(into, text) {
    const made = document.createElement("p");
    made.textContent = text;
    into.append(made);
  }
  function button(into, text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-sm";
    made.textContent = text;
    made.addEventListener("click", act);
    into.append(made);
    return made;
  }

  // ---- long
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (!isZone(detail)) return;
    const { elt, target, xhr } = detail;
    xhr.zone = true;
    target.querySelector(":scope > .zone-failed")?.remove();
    const wait = {};
    wait.soon = setTimeout(() => {
      wait.box = box("waiting", target, "status");
      for (let line = 0; line < 5; line += 1) wait.box.append(document.createElement("i"));
      target.classList.add("zone");
      target.setAttribute("aria-busy", "true");
    }, 300);
    wait.long = setTimeout(() => {
      sentence(wait.box, words.slow);
      button(wait.box, words.cancel, () => {
        htmx.trigger(elt, "htmx:abort");
        elt.focus();
      });
    }, 3000);
    waits.set(xhr, wait);
  });
  document.addEventListener("htmx:afterRequest", ({ detail: { xhr, target } }) => {
    const wait = waits.get(xhr);
    if (!wait) return;
    waits.delete(xhr);
    clearTimeout(wait.soon);
    clearTimeout(wait.long);
    wait.box?.remove();
    target.classList.remove("zone");
    target.removeAttribute("aria-busy");
  });

  // ---- failed
  function fail({ detail: { elt, target, xhr } }) {
    if (!xhr.zone) return;
    target.classList.add("zone");
    const failed = box("failed", target, "alert");
    sentence(failed, xhr.status ? `${words.zone} (${xhr.status})` : words.offline);
    button(failed, words.retry, () => {
      failed.remove();
      if (elt.isConnected) elt.click();
      else location.reload();
    }).focus();
  }
  document.addEventListener("htmx:responseError", fail);
  document.addEventListener("htmx:sendError", fail);

  // ---- gone
  const show = () => { if (banner) banner.hidden = false; };
  const hide = () => { if (banner) banner.hidden = true; };
  addEventListener("offline", show);
  addEventListener("online", hide);
  document.addEventListener("htmx:sendError", show);
  banner?.querySelector("button").addEventListener("click", () => fetch("/icon.svg", { method: "HEAD", cache: "no-store" }).then(hide, show));

  // A form that is sent nowhere would lose what was typed.
  document.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopPropagation();
    show();
  }, true);
})();
