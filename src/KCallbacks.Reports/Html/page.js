
"use strict";
(() => {
  const filter = document.getElementById("filter"), shown = document.getElementById("shown");
  const items = Array.from(document.querySelectorAll(".lane, .row"));
  const lanes = items.filter(item => item.classList.contains("lane"));
  const texts = items.map(item => item.dataset.text || item.textContent.toLowerCase());

  function apply() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(word => word);
    let count = 0;
    items.forEach((item, i) => {
      const fits = words.every(word => texts[i].includes(word));
      item.hidden = !fits;
      count += fits ? 1 : 0;
    });
    shown.textContent = words.length ? `${count} of ${items.length} threads` : `${items.length} threads`;
  }

  function save() {
    const open = lanes.filter(lane => lane.querySelector("details")?.open).map(lane => lane.id);
    const state = new URLSearchParams();
    if (filter.value) state.set("q", filter.value);
    if (open.length) state.set("open", open.join(","));
    history.replaceState(null, "", "#" + state);
  }

  function load() {
    const state = new URLSearchParams(location.hash.slice(1));
    filter.value = state.get("q") || "";
    for (const id of (state.get("open") || "").split(",")) {
      const details = id && document.getElementById(id)?.querySelector("details");
      if (details) details.open = true;
    }
    apply();
  }

  function step(by) {
    const visible = lanes.filter(lane => !lane.hidden);
    const at = visible.findIndex(lane => lane.contains(document.activeElement));
    const next = visible[at < 0 ? 0 : Math.min(Math.max(at + by, 0), visible.length - 1)];
    next?.querySelector("summary")?.focus();
  }

  async function copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.dataset.done = "yes";
    } catch {
      const range = document.createRange();
      range.selectNodeContents(button);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    }
  }

  filter.addEventListener("input", () => { apply(); save(); });
  document.addEventListener("toggle", save, true);
  document.addEventListener("click", event => { if (event.target.dataset?.copy) copy(event.target); });
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target === filter) { if (event.key === "Escape") { filter.value = ""; apply(); save(); filter.blur(); } return; }
    if (event.key === "/") { event.preventDefault(); filter.focus(); }
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
  });
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(details => { details.open = true; }));
  addEventListener("hashchange", load);
  document.querySelector(".tools").hidden = false;
  load();
})();
