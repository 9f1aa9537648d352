// Before the first paint: the page never flashes in the other theme.
(() => {
  const wanted = localStorage.getItem("theme") || "auto";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const choice = localStorage.getItem("theme") || "auto";
    document.documentElement.dataset.bsTheme = choice === "auto" ? (dark.matches ? "dark" : "light") : choice;
  };
  dark.addEventListener("change", apply);
  document.documentElement.dataset.themeChoice = wanted;
  apply();
})();
