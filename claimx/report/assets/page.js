"use strict";
// Filters, sorting, selection, the map's views. Everything that it shows is on the page already; text is only ever set
// as text, and the page's security policy would refuse anything else.
(() => {
  const root = document.documentElement;
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const claims = JSON.parse(one("#data").textContent).claims;
  const statuses = ["asserted", "hedged", "prospective", "barred", "negated", "unclear"];
  const numbersOf = (element) => element.dataset.claims.split(" ").map(Number);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  root.classList.add("js");

  // what belongs to which claim: single elements, and groups that stay while one of theirs is shown
  const singles = claims.map(() => []);
  const groups = [];
  for (const element of all("[data-claims]:not(.piece)")) {
    const numbers = numbersOf(element);
    if (numbers.length === 1 && element.tagName !== "g") singles[numbers[0] - 1].push(element);
    else groups.push([element, numbers]);
  }
  const refs = claims.map(() => []);
  for (const element of all(".ref")) refs[Number(element.dataset.claim || element.dataset.row) - 1].push(element);
  const triggers = claims.map(() => []);
  for (const element of all("[data-trigger]")) triggers[Number(element.dataset.trigger) - 1].push(element);
  const rows = all("#table tbody tr");
  const row = (number) => document.getElementById(`claim-${number}`);

  // filters

  const form = one("#filters");
  const fields = ["words", "outlet", "source", "place", "from", "to"].filter((name) => form.elements[name]);
  const boxes = all("[name=status]", form);
  let shown = claims.map(() => true);
  let selected = 0;
  let order = { by: "number", down: false };

  function wanted() {
    const state = { status: boxes.filter((box) => box.checked).map((box) => box.value) };
    for (const name of fields) state[name] = form.elements[name].value;
    return state;
  }

  function passes(claim, state, words) {
    if (state.status.length && !state.status.includes(claim.status)) return false; // none chosen is all
    if (state.outlet && claim.outlet !== state.outlet) return false;
    if (state.source && !claim.source.includes(state.source)) return false;
    if (state.place && !claim.place.includes(state.place)) return false;
    if ((state.from || state.to) && !claim.dated) return false;
    if (state.from && claim.to && claim.to < state.from) return false;
    if (state.to && claim.from && claim.from > state.to) return false;
    return words.every((word) => claim.words.includes(word));
  }

  function filter() {
    const state = wanted();
    const words = (state.words || "").toLowerCase().split(/\s+/).filter(Boolean);
    claims.forEach((claim, index) => {
      const pass = passes(claim, state, words);
      if (pass === shown[index]) return;
      shown[index] = pass;
      for (const element of singles[index]) element.hidden = !pass;
      for (const element of refs[index]) element.classList.toggle("muted", !pass);
      for (const element of triggers[index]) element.classList.toggle("muted", !pass);
    });
    for (const [element, numbers] of groups) {
      const any = numbers.some((number) => shown[number - 1]);
      if (element.tagName === "g") element.classList.toggle("off", !any);
      else element.hidden = !any;
    }
    const many = shown.filter(Boolean).length;
    const total = `${claims.length.toLocaleString("en")} claim${claims.length === 1 ? "" : "s"}`;
    one("#shown").textContent = many === claims.length ? total : `${many.toLocaleString("en")} of ${total}`;
    one("#reset").disabled = many === claims.length && !words.length && !state.status.length;
    if (one("#nothing")) one("#nothing").hidden = many > 0 || !claims.length;
    labelSoon();
  }

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { filter(); remember(); }, 80);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { filter(); remember(); }));

  // the address keeps the state, so that a view can be shared

  function remember(push = false) {
    const state = wanted();
    const parameters = new URLSearchParams();
    if (state.status.length) parameters.set("status", state.status.join(","));
    for (const name of fields) if (state[name]) parameters.set(name, state[name]);
    if (order.by !== "number" || order.down) parameters.set("sort", (order.down ? "-" : "") + order.by);
    if (world && view === "world") parameters.set("view", "world");
    if (selected) parameters.set("claim", selected);
    history[push ? "pushState" : "replaceState"](null, "", `#${parameters}`);
  }

  function recall() {
    const hash = location.hash.slice(1);
    const plain = /^(claim|evidence)-(\d+)$/.exec(hash);
    if (plain && claims[plain[2] - 1]) {
      select(Number(plain[2]), document.getElementById(hash));
      remember(); // in the place of the address that led here, so that going back leads on
      return;
    }
    if (hash && !hash.includes("=")) return;
    const parameters = new URLSearchParams(hash);
    for (const box of boxes) box.checked = (parameters.get("status") || "").split(",").includes(box.value);
    for (const name of fields) form.elements[name].value = parameters.get(name) || "";
    const by = parameters.get("sort") || "number";
    sort(by.replace(/^-/, ""), by.startsWith("-"));
    if (world) look(parameters.get("view") === "world" ? "world" : "near", false);
    filter();
    const number = Number(parameters.get("claim"));
    if (claims[number - 1]) select(number, document.getElementById(`evidence-${number}`));
    else deselect();
  }

  // sorting

  const collator = new Intl.Collator("en");
  const keys = {
    number: (element) => numbersOf(element)[0],
    confidence: (element) => claims[numbersOf(element)[0] - 1].confidence,
    status: (element) => statuses.indexOf(claims[numbersOf(element)[0] - 1].status),
    when: (element) => claims[numbersOf(element)[0] - 1].from || claims[numbersOf(element)[0] - 1].to,
  };

  function sort(by, down) {
    const head = one(`#table [data-sort="${CSS.escape(by)}"]`);
    if (!head || (by === order.by && down === order.down && head.hasAttribute("aria-sort"))) return;
    const column = head.cellIndex;
    const key = keys[by] || ((element) => element.cells[column].textContent.trim());
    const keyed = rows.map((element) => [key(element), element]);
    keyed.sort(([left, first], [right, second]) => {
      if ((left === "") !== (right === "")) return left === "" ? 1 : -1; // what is not said comes last either way
      const difference = typeof left === "number" ? left - right : collator.compare(left, right);
      return (down ? -difference : difference) || numbersOf(first)[0] - numbersOf(second)[0];
    });
    const body = one("#table tbody");
    body.remove();
    body.replaceChildren(); // emptied at once: taken out one by one, thousands of rows take seconds
    body.append(...keyed.map(([, element]) => element));
    one("#table").append(body);
    order = { by, down };
    for (const cell of all("#table thead th")) cell.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
  }

  for (const head of all("#table thead th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const by = head.dataset.sort;
      sort(by, order.by === by ? !order.down : by === "confidence");
      remember();
    });
  }

  // selection: a claim is marked in the table, in its article and on the map

  function deselect() {
    for (const element of all(".active")) { element.classList.remove("active"); element.removeAttribute("data-role"); }
    for (const element of all(".selected")) { element.classList.remove("selected"); element.removeAttribute("aria-current"); }
    light([]);
    selected = 0;
  }

  function select(number, target) {
    deselect();
    selected = number;
    if (!shown[number - 1]) { form.reset(); filter(); }
    const evidence = document.getElementById(`evidence-${number}`);
    const sheet = evidence && evidence.closest("article");
    for (const element of sheet ? all(".piece", sheet) : []) {
      if ((element.dataset.claims || "").split(" ").includes(String(number))) element.classList.add("active");
      for (const role of (element.dataset.roles || "").split("|")) {
        const [of, name] = role.split(":");
        if (Number(of) === number) { element.classList.add("active"); element.dataset.role = name; }
      }
    }
    if (row(number)) { row(number).classList.add("selected"); row(number).setAttribute("aria-current", "true"); }
    light([number]);
    if (!target) return;
    const link = one("a", target) || target;
    link.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center", behavior: near(target) && !calm.matches ? "smooth" : "auto" });
  }

  const near = (element) => Math.abs(element.getBoundingClientRect().top) < 2 * innerHeight;

  function toEvidence(number) {
    if (!claims[number - 1]) return;
    select(number, document.getElementById(`evidence-${number}`));
    remember(true);
  }

  function toRow(number) {
    if (!claims[number - 1]) return;
    select(number, row(number));
    remember(true);
  }

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("a");
    if (link) {
      if (link.dataset.claim) toEvidence(Number(link.dataset.claim));
      else if (link.dataset.row) toRow(Number(link.dataset.row));
      else return;
      event.preventDefault();
      return;
    }
    if (String(getSelection())) return; // somebody marks text to copy it
    const line = event.target.closest("#table tbody tr");
    const piece = event.target.closest(".evidence, .trigger");
    const arrow = event.target.closest(".arrow");
    if (line) toEvidence(numbersOf(line)[0]);
    else if (piece) toRow(Number(piece.dataset.trigger || nearest(piece)));
    else if (arrow) toWay(arrow);
  });

  // of the claims that rest on a sentence, the one chosen last time round is passed over: clicking again shows the next
  function nearest(piece) {
    const numbers = numbersOf(piece);
    return numbers[(numbers.indexOf(selected) + 1) % numbers.length];
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && selected) {
      const back = row(selected);
      deselect();
      remember();
      if (back) { one("a", back).focus({ preventScroll: true }); back.scrollIntoView({ block: "center" }); }
    }
    const line = event.target.closest && event.target.closest("#table tbody tr");
    if (!line || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    let next = line;
    do next = event.key === "ArrowDown" ? next.nextElementSibling : next.previousElementSibling; while (next && next.hidden);
    if (next) { one("a", next).focus(); event.preventDefault(); }
  });

  // the map

  const world = one("#world");
  const MOST_NAMES = 120;
  const boxOf = (name) => world.dataset[name].split(" ").map(Number);
  let view = "near";
  let box = world && boxOf("near");

  const sign = () => (world.clientWidth < 600 ? 0.75 : 1); // phones get smaller signs

  // the drawing fills its room whatever its shape: the part that is shown grows on two sides
  function fitted([x, y, width, height]) {
    const aspect = world.clientWidth / world.clientHeight;
    const wide = Math.max(width, height * aspect);
    const high = Math.max(height, width / aspect);
    return [x - (wide - width) / 2, y - (high - height) / 2, wide, high];
  }

  function draw(part) {
    box = part;
    world.setAttribute("viewBox", part.join(" "));
    const scale = (part[2] / world.clientWidth) * sign();
    for (const element of all(".scaled", world)) {
      element.setAttribute("transform", `translate(${element.dataset.x} ${element.dataset.y}) scale(${scale})`);
    }
  }

  function look(name, moving = true) {
    view = name;
    if (!world.clientWidth) return; // it is not laid out
    for (const which of ["near", "world"]) one(`#view-${which}`).setAttribute("aria-pressed", String(which === name));
    const from = box;
    const to = fitted(boxOf(name));
    const start = performance.now();
    const step = (now) => {
      const share = Math.min(1, Math.max(0, (now - start) / 450));
      const eased = share < 0.5 ? 2 * share * share : 1 - 2 * (1 - share) * (1 - share);
      draw(from.map((value, index) => value + (to[index] - value) * eased));
      if (share < 1) requestAnimationFrame(step);
      else labels();
    };
    if (moving && !calm.matches) requestAnimationFrame(step);
    else { draw(to); labels(); }
  }

  let placing = 0;
  function labelSoon() {
    cancelAnimationFrame(placing);
    placing = requestAnimationFrame(labels);
  }

  // names go where there is room, those of the places named most first; what has no room is left out
  function labels() {
    if (!world) return;
    const [left, top, width] = box;
    const scale = width / world.clientWidth;
    const pins = all(".pin:not(.off)", world).slice(0, MOST_NAMES).map((pin) => ({
      text: one("text", pin), x: (pin.dataset.x - left) / scale, y: (pin.dataset.y - top) / scale,
    }));
    for (const text of all(".pin text", world)) text.classList.add("crowded");
    const taken = pins.map(({ x, y }) => [x - 6, y - 6, x + 6, y + 6]);
    const corner = world.getBoundingClientRect();
    for (const tip of all(".arrow:not(.off) .tip", world)) {
      const area = tip.getBoundingClientRect();
      taken.push([area.left - corner.left, area.top - corner.top, area.right - corner.left, area.bottom - corner.top]);
    }
    for (const { text, x, y } of pins) {
      const long = text.textContent.length * 6.9 * sign() + 6;
      const places = [[9, 4, "start", 9], [-9, 4, "end", -9 - long], [0, -11, "middle", -long / 2], [0, 19, "middle", -long / 2]];
      const place = places.find(([, down, , across]) => {
        const area = [x + across, y + down - 11, x + across + long, y + down + 4];
        if (area[0] < 2 || area[1] < 2 || area[2] > world.clientWidth - 2 || area[3] > world.clientHeight - 2) return false;
        if (taken.some((other) => area[0] < other[2] && other[0] < area[2] && area[1] < other[3] && other[1] < area[3] && !(other[0] === x - 6 && other[1] === y - 6))) return false;
        taken.push(area);
        return true;
      });
      if (place) {
        text.classList.remove("crowded");
        text.setAttribute("x", place[0]);
        text.setAttribute("y", place[1]);
        text.setAttribute("text-anchor", place[2]);
      }
    }
  }

  function light(numbers) {
    const lit = (element) => numbersOf(element).some((number) => numbers.includes(number));
    for (const element of all(".ways li, .arrow")) element.classList.toggle("lit", numbers.length > 0 && lit(element));
    if (world) one(".arrows", world).classList.toggle("dim", all(".arrow.lit", world).length > 0);
    refs.forEach((elements, index) => { for (const element of elements) element.classList.toggle("lit", numbers.includes(index + 1)); });
  }

  function toWay(arrow) {
    const item = document.getElementById(`way-${arrow.dataset.way}`);
    light(numbersOf(item));
    item.scrollIntoView({ block: "nearest" });
    one("a", item).focus({ preventScroll: true });
  }

  if (world) {
    one("#view-near").addEventListener("click", () => { look("near"); remember(); });
    one("#view-world").addEventListener("click", () => { look("world"); remember(); });
    for (const item of all(".ways li")) {
      item.addEventListener("mouseenter", () => light(numbersOf(item)));
      item.addEventListener("mouseleave", () => light(selected ? [selected] : []));
    }
    new ResizeObserver(() => look(view, false)).observe(world);
  }

  // colours

  const themes = { auto: "Auto", light: "Light", dark: "Dark" };
  function paint(theme) {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    one("#theme-name").textContent = themes[theme];
    one("#theme").setAttribute("aria-label", `Colours: ${theme === "auto" ? "as the device has them" : theme}`);
    one("#theme").dataset.theme = theme;
  }
  one("#theme").addEventListener("click", () => {
    const names = Object.keys(themes);
    const next = names[(names.indexOf(one("#theme").dataset.theme) + 1) % names.length];
    paint(next);
    try { localStorage.setItem("claimx-theme", next); } catch { /* a browser may keep nothing for files */ }
  });
  let theme = "auto";
  try { theme = localStorage.getItem("claimx-theme") || "auto"; } catch { /* as above */ }
  paint(theme in themes ? theme : "auto");

  // the rest of the page knows how high the filters are, and paper gets everything

  new ResizeObserver(() => {
    const sticks = getComputedStyle(form).position === "sticky";
    root.style.setProperty("--bar", sticks ? `${form.offsetHeight}px` : "0px");
  }).observe(form);
  if (matchMedia("(max-width: 44rem)").matches) one("#more").open = false;
  addEventListener("beforeprint", () => { for (const element of all("details")) element.open = true; });
  addEventListener("hashchange", recall);
  sort("number", false);
  recall();
})();
