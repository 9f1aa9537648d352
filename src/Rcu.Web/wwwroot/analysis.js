// A chart as a picture: what is said, drawn with the colours of the moment.
const [width, line, head, middle] = [680, 30, 44, 250];

const cut = (pen, text, most) => {
  let shown = text;
  while (shown.length > 1 && pen.measureText(shown).width > most) shown = `${shown.replace(/…$/, "").slice(0, -1)}…`;
  return shown;
};

for (const button of document.querySelectorAll("[data-png]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const section = button.closest("section");
    const bars = [...section.querySelectorAll(".bars a")];
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * 2, (head + bars.length * line + 12) * 2];
    const pen = canvas.getContext("2d");
    pen.scale(2, 2);
    pen.fillStyle = getComputedStyle(section).backgroundColor;
    pen.fillRect(0, 0, width, canvas.height);
    const ink = getComputedStyle(bars[0]).color;
    pen.fillStyle = ink;
    pen.font = "600 15px sans-serif";
    pen.fillText(section.querySelector("h2").textContent, 16, 26);
    bars.forEach((bar, i) => {
      const [rect, y] = [bar.querySelector("rect"), head + i * line];
      const long = Math.max(2, (rect.width.baseVal.value / 100) * (width - middle - 90));
      pen.fillStyle = getComputedStyle(rect).fill;
      pen.fillRect(middle, y, long, 20);
      pen.fillStyle = ink;
      pen.font = "13px sans-serif";
      pen.textAlign = "right";
      pen.fillText(cut(pen, bar.querySelector(".bars-label").textContent, middle - 26), middle - 10, y + 15);
      pen.textAlign = "left";
      pen.font = "600 13px sans-serif";
      pen.fillText(bar.querySelector(".bars-value").textContent, middle + long + 8, y + 15);
    });
    const link = document.createElement("a");
    link.download = `${button.dataset.png}.png`;
    link.href = canvas.toDataURL("image/png");
    link.click();
  });
}
