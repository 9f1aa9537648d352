// The grid of rows to put right: arrows, Enter and F2 as in a spreadsheet. Without this, each row has its own button.
(() => {
  const grid = document.querySelector("[data-grid]");
  if (!grid) return;
  document.documentElement.classList.add("grid-live");
  const cellsOf = (row) => [...row.querySelectorAll("[name^='cell:']")];

  function go(from, down, right) {
    const row = from.closest("tr");
    const cells = cellsOf(row);
    const at = cells.indexOf(from) + right;
    let to = cells[at];
    if (down !== 0) {
      let next = row;
      do next = down > 0 ? next.nextElementSibling : next.previousElementSibling; while (next && cellsOf(next).length === 0);
      to = next && cellsOf(next)[at];
    }
    if (!to) return false;
    to.focus();
    to.select();
    to.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  }

  grid.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.matches("[name^='cell:']") || event.ctrlKey || event.metaKey || event.altKey) return;
    const multiline = cell.tagName === "TEXTAREA";
    const all = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    const atStart = all || (cell.selectionStart === 0 && cell.selectionEnd === 0);
    const atEnd = all || (cell.selectionStart === cell.value.length && cell.selectionEnd === cell.value.length);
    let moved = false;
    if (event.key === "Enter" && !(multiline && event.shiftKey)) {
      // What was typed is taken even when there is no other row to go to.
      if (!go(cell, event.shiftKey ? -1 : 1, 0)) cell.blur();
      moved = true;
    } else if (event.key === "ArrowDown" && (!multiline || atEnd)) moved = go(cell, 1, 0);
    else if (event.key === "ArrowUp" && (!multiline || atStart)) moved = go(cell, -1, 0);
    else if (event.key === "ArrowRight" && atEnd) moved = go(cell, 0, 1);
    else if (event.key === "ArrowLeft" && atStart) moved = go(cell, 0, -1);
    else if (event.key === "F2") {
      cell.setSelectionRange(cell.value.length, cell.value.length);
      moved = true;
    } else if (event.key === "Escape") {
      cell.value = cell.dataset.last ?? cell.defaultValue;
      cell.select();
      moved = true;
    }
    if (moved) event.preventDefault();
  });
  grid.addEventListener("focusin", (event) => {
    if (event.target.matches("[name^='cell:']")) event.target.dataset.last = event.target.value;
  });
  grid.addEventListener("change", (event) => {
    const cell = event.target;
    if (cell.matches("[name^='cell:']")) cell.classList.toggle("corrected", cell.value.replaceAll("\r\n", "\n") !== cell.dataset.was.replaceAll("\r\n", "\n"));
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const told = event.target.closest?.(".row-told") ?? document.getElementById(event.detail?.target?.id ?? "");
    if (!told?.matches(".row-told")) return;
    const wrong = new Set(told.dataset.wrong.split(","));
    cellsOf(told.closest("tr")).forEach((cell) => cell.classList.toggle("wrong", wrong.has(cell.name.slice(5))));
  });
})();
