
"use strict";
(() => {
  const filter = document.getElementById("filter"), shown = document.getElementById("shown"), main = document.querySelector("main");
  const template = document.createElement("template");
  const texts = new WeakMap();
  let words = [];

  // What is not built yet is the text of a noscript element: its items, each ended by an empty comment.
  const sourceOf = element => element.querySelector(":scope > noscript")?.textContent ?? "";
  const threadsOf = element => Number(element.dataset.threads || 1);
  const nodesOf = html => { template.innerHTML = html; return template.content; };
  const plain = html => html.replace(/<[^>]*>/g, " ").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, "\"").replace(/&#39;/g, "'").replace(/&amp;/g, "&").toLowerCase();
  const fits = text => words.every(word => text.includes(word));

  function textOf(item) {
    if (!texts.has(item)) texts.set(item, plain(item.outerHTML));
    return texts.get(item);
  }

  function itemsOf(later) {
    if (!texts.has(later)) texts.set(later, sourceOf(later).split("<!---->").filter(html => /^<div/.test(html)).map(html => ({ text: plain(html), threads: Number(/data-threads="(\d+)"/.exec(html)?.[1] || 1) })));
    return texts.get(later);
  }

  function build(later) {
    if (!later.classList.contains("later")) return;
    near.unobserve(later);
    later.replaceChildren(nodesOf(sourceOf(later)));
    later.classList.remove("later");
    later.style.minHeight = "";
    later.hidden = false;
    if (words.length) later.querySelectorAll(".lane, .row").forEach(show);
  }

  // The other threads of a lane, as soon as they are asked for.
  function unfold(details) {
    const folded = details.querySelector(":scope > noscript");
    if (folded) folded.replaceWith(nodesOf(folded.textContent));
  }

  function show(item) {
    item.hidden = words.length > 0 && !fits(textOf(item));
    return item.hidden ? 0 : threadsOf(item);
  }

  function apply() {
    words = filter.value.toLowerCase().split(/\s+/).filter(word => word);
    let count = 0;
    for (const item of main.querySelectorAll(".lane, .row, .later")) {
      if (!item.classList.contains("later")) { count += words.length ? show(item) : (item.hidden = false, threadsOf(item)); continue; }
      const found = words.length ? itemsOf(item).reduce((sum, one) => sum + (fits(one.text) ? one.threads : 0), 0) : threadsOf(item);
      item.hidden = found === 0;
      count += found;
    }
    if (!words.length) total = count;
    shown.textContent = words.length ? `${count} of ${total} ${shown.dataset.things}` : `${total} ${shown.dataset.things}`;
  }

  const near = new IntersectionObserver(entries => entries.forEach(entry => { if (entry.isIntersecting) build(entry.target); }), { rootMargin: "1500px" });
  let total = 0;
  for (const later of main.querySelectorAll(".later")) {
    later.style.minHeight = later.dataset.height + "px";
    near.observe(later);
  }

  // A thread by its name: built, unfolded and opened, wherever it lies.
  function find(id) {
    const mark = `id="${id}"`;
    for (const later of main.querySelectorAll(".later")) if (sourceOf(later).includes(mark)) build(later);
    for (const folded of main.querySelectorAll("details > noscript")) if (folded.textContent.includes(mark)) unfold(folded.parentElement);
    return document.getElementById(id);
  }

  function open(id) {
    const found = find(id);
    for (let part = found && (found.matches("details") ? found : found.querySelector("details")); part && part !== main; part = part.parentElement)
      if (part.matches("details")) part.open = true;
    return found;
  }

  function save() {
    const opened = Array.from(main.querySelectorAll(".lane > details[open], .thread[open]"), details => details.id || details.parentElement.id);
    const state = new URLSearchParams();
    if (filter.value) state.set("q", filter.value);
    if (opened.length && opened.length <= 50) state.set("open", opened.join(","));
    history.replaceState(null, "", "#" + state);
  }

  function load() {
    const hash = location.hash.slice(1);
    if (/^(t\d+|b[\da-f]{8})$/.test(hash)) { filter.value = ""; apply(); open(hash)?.scrollIntoView(); return; }
    const state = new URLSearchParams(hash);
    filter.value = state.get("q") || "";
    apply();
    for (const id of (state.get("open") || "").split(",")) if (/^(t\d+|b[\da-f]{8})$/.test(id)) open(id);
  }

  function step(by) {
    const lanes = () => Array.from(main.querySelectorAll(".lane, .later")).filter(item => !item.hidden && !item.closest("[hidden]"));
    for (let all = lanes(); ; all = lanes()) {
      const at = all.findIndex(lane => lane.contains(document.activeElement));
      const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
      if (!next?.classList.contains("later")) { next?.querySelector("summary")?.focus(); return; }
      build(next);
    }
  }

  async function copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      getSelection().selectAllChildren(button);
      if (!document.execCommand("copy")) return;
    }
    button.dataset.done = "yes";
    setTimeout(() => delete button.dataset.done, 2000);
  }

  filter.addEventListener("input", () => { apply(); save(); });
  document.addEventListener("toggle", event => { if (event.target.open) unfold(event.target); save(); }, true);
  document.addEventListener("click", event => { if (event.target.dataset?.copy) copy(event.target); });
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target === filter) { if (event.key === "Escape") { filter.value = ""; apply(); save(); filter.blur(); } return; }
    if (event.key === "/") { event.preventDefault(); filter.focus(); }
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
  });
  addEventListener("beforeprint", () => {
    main.querySelectorAll(".later").forEach(build);
    main.querySelectorAll("details").forEach(unfold);
    main.querySelectorAll("details").forEach(details => { details.open = true; });
  });
  addEventListener("hashchange", load);
  document.querySelector(".tools").hidden = false;
  load();
})();
