// A chart as a picture: what is drawn, with the colours of the moment.
for (const button of document.querySelectorAll("[data-png]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const chart = button.closest("section").querySelector("svg.bars");
    const copy = chart.cloneNode(true);
    const [, , width, height] = chart.getAttribute("viewBox").split(" ").map(Number);
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    const drawn = chart.querySelectorAll("text, rect");
    copy.querySelectorAll("text, rect").forEach((part, i) => {
      const style = getComputedStyle(drawn[i]);
      part.setAttribute("fill", style.fill);
      part.setAttribute("font-family", "sans-serif");
      part.setAttribute("font-size", style.fontSize);
    });
    const picture = new Image();
    picture.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      canvas.width = width * 2;
      canvas.height = height * 2;
      const pen = canvas.getContext("2d");
      pen.fillStyle = getComputedStyle(button.closest("section")).backgroundColor;
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const link = document.createElement("a");
      link.download = `${button.dataset.png}.png`;
      link.href = canvas.toDataURL("image/png");
      link.click();
    });
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  });
}
