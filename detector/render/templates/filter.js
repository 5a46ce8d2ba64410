(function () {
  "use strict";
  var bar = document.getElementById("filters");
  if (!bar) return;
  var status = document.getElementById("shown");
  var reset = document.getElementById("reset");
  var buttons = Array.from(bar.querySelectorAll("button[aria-pressed]"));
  var items = Array.from(document.querySelectorAll("[data-columns]"));
  var sections = Array.from(document.querySelectorAll("[data-section]"));
  var folded = document.querySelector(".fold");
  var cards = items.filter(function (item) { return item.classList.contains("card"); });

  function listPressed(name) {
    return buttons
      .filter(function (button) { return name in button.dataset && button.getAttribute("aria-pressed") === "true"; })
      .map(function (button) { return button.dataset[name]; });
  }

  // Relations widen the choice (any of them), sources narrow it (all of them).
  function apply() {
    var relations = listPressed("relation");
    var columns = listPressed("column");
    var active = relations.length + columns.length > 0;
    items.forEach(function (item) {
      var own = item.dataset.columns.split(" ");
      var right = !relations.length || relations.indexOf(item.dataset.relation) >= 0;
      item.hidden = !(right && columns.every(function (column) { return own.indexOf(column) >= 0; }));
    });
    sections.forEach(function (section) {
      section.hidden = active && !section.querySelector("[data-columns]:not([hidden])");
    });
    if (folded && relations.indexOf("check") >= 0) folded.open = true;
    var shown = cards.filter(function (card) { return !card.hidden; }).length;
    var words = cards.length + (cards.length === 1 ? " card" : " cards");
    status.textContent = active ? "Showing " + shown + " of " + words : "Showing all " + words;
    reset.hidden = !active;
  }

  function clear() {
    buttons.forEach(function (button) { button.setAttribute("aria-pressed", "false"); });
    apply();
  }

  // A link must lead somewhere: filters give way to it, and closed details open.
  function reveal(id) {
    var target = id && document.getElementById(id);
    if (!target) return;
    if (target.closest("[hidden]")) clear();
    for (var box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView();
    if (target.hasAttribute("tabindex")) target.focus({ preventScroll: true });
  }

  buttons.forEach(function (button) {
    button.addEventListener("click", function () {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      apply();
    });
  });
  // Style sheets cannot open what is folded away in every browser.
  window.addEventListener("beforeprint", function () { if (folded) folded.open = true; });
  reset.addEventListener("click", function () { clear(); buttons[0].focus(); });
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href^='#']");
    if (link) setTimeout(function () { reveal(link.getAttribute("href").slice(1)); });
  });
  if (location.hash) reveal(location.hash.slice(1));
  bar.hidden = false;
})();
