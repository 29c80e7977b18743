// Runs before the first paint, so that a page in the dark does not flash white. Also used by the theme button.
"use strict";

(() => {
  const KEY = "playground.theme";

  function stored() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage may be switched off; the page then follows the system
    }
  }

  function system() {
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  function apply() {
    document.documentElement.dataset.theme = stored() ?? system();
  }

  window.playgroundTheme = {
    toggle() {
      const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
      try {
        // Back to what the system says means following it again.
        if (next === system()) localStorage.removeItem(KEY);
        else localStorage.setItem(KEY, next);
      } catch {
        // Without storage the choice lasts as long as the page.
      }
      document.documentElement.dataset.theme = next;
    },
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);
  apply();
})();
