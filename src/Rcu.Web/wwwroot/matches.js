// Keys of the comparison that mean something else elsewhere: « ? » is the help, j and k move along a list.
document.addEventListener("keydown", (event) => {
  const inField = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (!["?", "j", "k"].includes(event.key) || inField || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]") || localStorage.getItem("keys") === "off") return;
  const wanted = document.querySelector(`#pair [data-key="${event.key}"]`);
  if (wanted) {
    event.preventDefault();
    event.stopImmediatePropagation();
    wanted.click();
  }
}, true);
