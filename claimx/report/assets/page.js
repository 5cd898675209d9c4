"use strict";
// Filters, sorting, selection, the map's views, reviews, saving. Everything that it shows is on the page already, or is
// what its reader writes; text is only ever set as text, and the page's security policy would refuse anything else.
(() => {
  const root = document.documentElement;
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const { claims, articles, further = [] } = JSON.parse(one("#data").textContent);
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
  let missing = null; // words that a reader selected in an article
  const panel = one("#review");
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

  // a click chooses one status; with Ctrl, Command or Shift it adds one or takes one away
  for (const box of boxes) {
    const label = box.closest("label");
    const more = (event) => event.ctrlKey || event.metaKey || event.shiftKey;
    label.addEventListener("mousedown", (event) => { if (more(event)) event.preventDefault(); }); // marks no text
    label.addEventListener("click", (event) => {
      if (event.target !== box && more(event)) { event.preventDefault(); box.click(); box.focus(); filter(); remember(); }
      else if (event.target === box && !more(event) && event.isTrusted && box.checked) {
        for (const other of boxes) if (other !== box) other.checked = false;
      }
    });
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
    subject();
  }

  function select(number, target) {
    deselect();
    missing = null;
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
    subject();
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
    if (event.key === "Escape" && selected && !event.target.closest("#review")) {
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
  const NEAREST = 350; // units of the drawing that the map is wide at least: nearer, outlines are too coarse
  const boxOf = (name) => world.dataset[name].split(" ").map(Number);
  let view = "near";
  let box = world && boxOf("near");

  let moved = false; // by its reader, so that neither of the two views is shown

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
    moved = false;
    world.classList.remove("moved");
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

  // by its reader: nearer or farther around the middle or a point (in pixels), or moved by so many pixels
  function zoom(factor, at = [world.clientWidth / 2, world.clientHeight / 2]) {
    const [x, y, width, height] = box;
    const whole = fitted(boxOf("world"));
    const wide = Math.min(whole[2], Math.max(NEAREST, width / factor));
    const share = [at[0] / world.clientWidth, at[1] / world.clientHeight];
    const high = wide * (height / width);
    go([x + (width - wide) * share[0], y + (height - high) * share[1], wide, high]);
  }

  function pan(across, down) {
    const scale = box[2] / world.clientWidth;
    go([box[0] + across * scale, box[1] + down * scale, box[2], box[3]]);
  }

  function go([x, y, width, height]) {
    const whole = fitted(boxOf("world"));
    const within = (value, size, from, all) => (size >= all ? from + (all - size) / 2 : Math.min(Math.max(value, from), from + all - size));
    moved = true;
    world.classList.add("moved");
    for (const which of ["near", "world"]) one(`#view-${which}`).setAttribute("aria-pressed", "false");
    draw([within(x, width, whole[0], whole[2]), within(y, height, whole[1], whole[3]), width, height]);
    labelSoon();
  }

  // names go where there is room, those of countries first, then those of the places named most. A country always has
  // its name, if need be away from it at the end of a line; of places, what has no room is left out
  function labels() {
    if (!world) return;
    const [left, top, width] = box;
    const scale = width / world.clientWidth;
    const inside = ({ x, y }) => x > 0 && y > 0 && x < world.clientWidth && y < world.clientHeight;
    const shown = all(".pin:not(.off)", world).map((pin) => ({
      pin, text: one("text", pin), leader: one(".leader", pin), country: pin.classList.contains("country"),
      bare: !one("circle", pin), x: (pin.dataset.x - left) / scale, y: (pin.dataset.y - top) / scale,
    }));
    measure(shown.map(({ text }) => text));
    for (const text of all(".pin text", world)) text.classList.add("crowded");
    for (const leader of all(".pin .leader", world)) leader.removeAttribute("d");
    // where a country's middle is out of sight, its name goes to the place in it that is not
    const homes = shown.filter((one) => !one.bare && inside(one));
    for (const one of shown.filter((one) => one.bare && !inside(one))) {
      const home = homes.find((other) => numbersOf(other.pin).some((number) => numbersOf(one.pin).includes(number)
        && other.pin.dataset.country === one.pin.dataset.country));
      if (home) { one.shift = [home.x - one.x, home.y - one.y]; one.x = home.x; one.y = home.y; }
    }
    const pins = shown.filter(inside).sort((one, other) => other.country - one.country);
    const taken = pins.filter(({ bare }) => !bare).map(({ x, y }) => [x - 6, y - 6, x + 6, y + 6]);
    const corner = world.getBoundingClientRect();
    for (const tip of all(".arrow:not(.off) :is(.tip, .end)", world)) {
      const area = tip.getBoundingClientRect();
      taken.push([area.left - corner.left, area.top - corner.top, area.right - corner.left, area.bottom - corner.top]);
    }
    let named = 0;
    for (const { text, leader, country, bare, shift = [0, 0], x, y } of pins) {
      if (!country && named >= MOST_NAMES) break;
      const size = sign();
      const long = lengths.get(text) * size + 4;
      const place = places(long, country, bare).find(([, down, , across]) => {
        const area = [x + across, y + (down - 12) * size, x + across + long, y + (down + 5) * size];
        if (area[0] < 2 || area[1] < 2 || area[2] > world.clientWidth - 2 || area[3] > world.clientHeight - 2) return false;
        if (taken.some((other) => area[0] < other[2] && other[0] < area[2] && area[1] < other[3] && other[1] < area[3] && !(other[0] === x - 6 && other[1] === y - 6))) return false;
        taken.push(area);
        return true;
      });
      if (!place) continue;
      named += 1;
      const at = [place[0] + shift[0] / size, place[1] + shift[1] / size];
      text.classList.remove("crowded");
      text.setAttribute("x", at[0]);
      text.setAttribute("y", at[1]);
      text.setAttribute("text-anchor", place[2]);
      if (place[4]) leader.setAttribute("d", `M${shift[0] / size} ${shift[1] / size}L${at[0]} ${at[1] - 4}`);
    }
  }

  const lengths = new Map(); // of names, in pixels at full size
  function measure(texts) {
    const fresh = texts.filter((text) => !lengths.has(text));
    for (const text of fresh) text.classList.remove("crowded");
    for (const text of fresh) lengths.set(text, text.getComputedTextLength());
  }

  // where a name may stand beside its point: [x, y, anchor, left end in pixels, at the end of a line]
  function places(long, country, bare) {
    const size = sign();
    const near = [[9, 4, "start", 9 * size, false], [-9, 4, "end", -9 * size - long, false],
      [0, -11, "middle", -long / 2, false], [0, 19, "middle", -long / 2, false]];
    if (bare) near.unshift([0, 4, "middle", -long / 2, false]);
    if (!country) return near;
    const far = [];
    for (let away = 26; away < 200; away += 14) {
      for (const [across, down] of [[1, -1], [-1, -1], [1, 1], [-1, 1], [0, -1], [0, 1], [1, 0], [-1, 0]]) {
        const anchor = across > 0 ? "start" : across < 0 ? "end" : "middle";
        const start = across * away * size - (across > 0 ? 0 : across < 0 ? long : long / 2);
        far.push([across * away, down * away + 4, anchor, start, true]);
      }
    }
    return [...near, ...far];
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
    one("#zoom-in").addEventListener("click", () => zoom(1.6));
    one("#zoom-out").addEventListener("click", () => zoom(1 / 1.6));
    one(".views").addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] }[event.key];
      if (step) { pan(...step); event.preventDefault(); }
      else if (event.key === "+" || event.key === "-") zoom(event.key === "+" ? 1.6 : 1 / 1.6);
    });
    world.addEventListener("wheel", (event) => { // without Ctrl the page scrolls; fingers that pinch count as Ctrl
      if (!event.ctrlKey) return;
      const corner = world.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY / 300), [event.clientX - corner.left, event.clientY - corner.top]);
      event.preventDefault();
    }, { passive: false });
    const fingers = new Map();
    let dragged = false;
    const apart = ([one, other]) => Math.hypot(one[0] - other[0], one[1] - other[1]);
    world.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && event.button) return;
      if (!fingers.size) dragged = false;
      fingers.set(event.pointerId, [event.clientX, event.clientY]);
    });
    addEventListener("pointermove", (event) => {
      const from = fingers.get(event.pointerId);
      if (!from) return;
      // one finger on a map that nobody has moved yet scrolls the page
      if (event.pointerType === "touch" && !moved && fingers.size < 2) return;
      const to = [event.clientX, event.clientY];
      if (!dragged && Math.hypot(to[0] - from[0], to[1] - from[1]) < 4) return;
      dragged = true;
      const before = [...fingers.values()];
      fingers.set(event.pointerId, to);
      pan((from[0] - to[0]) / fingers.size, (from[1] - to[1]) / fingers.size);
      if (fingers.size !== 2) return;
      const after = [...fingers.values()];
      const corner = world.getBoundingClientRect();
      const middle = [(after[0][0] + after[1][0]) / 2 - corner.left, (after[0][1] + after[1][1]) / 2 - corner.top];
      zoom(apart(after) / Math.max(1, apart(before)), middle);
    });
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, (event) => fingers.delete(event.pointerId));
    world.addEventListener("click", (event) => { if (dragged) event.preventDefault(); dragged = false; });
    new ResizeObserver(() => { if (moved) draw(fitted(box)); else look(view, false); labelSoon(); }).observe(world);
  }

  // files: what is shown as CSV, and reviews

  function save(name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  // as a spreadsheet takes it, and without anything that it would run
  function cell(value) {
    const text = String(value).replace(/\s+/g, " ").trim();
    const data = /^[=+\-@＝＋－＠]/.test(text) && typeof value !== "number" ? `'${text}` : text;
    return /[",\r\n]/.test(data) ? `"${data.replaceAll('"', '""')}"` : data;
  }

  one("#save-csv").addEventListener("click", () => {
    const sentences = claims.map(() => "");
    for (const piece of all(".piece.evidence")) for (const number of numbersOf(piece)) sentences[number - 1] += piece.textContent;
    const lines = [["No.", "who", "movement", "what", "from", "to", "via", "vehicle",
      ...further.map(([label]) => label), "when", "status", "said by", "confidence", "outlet", "evidence", "link", "id"]];
    for (const line of all("#table tbody tr").filter((line) => !line.hidden)) {
      const number = numbersOf(line)[0];
      const claim = claims[number - 1];
      const of = (role) => `${claim.roles[role] || ""}${claim.meant[role] ? ` [${claim.meant[role]}]` : ""}`;
      lines.push([number, of("who"), claim.movement, ...["what", "origin", "destination", "via", "vehicle",
        ...further.map(([, role]) => role), "when"].map(of),
        claim.status, claim.said, claim.confidence, claim.outlet, sentences[number - 1], claim.link, claim.id]);
    }
    save("claims.csv", "text/csv;charset=utf-8", lines.map((line) => `${line.map(cell).join(",")}\r\n`).join(""));
  });

  // reviews: kept in the browser for each article by its text, so that another report about it has them too

  const verdictButtons = all("[data-verdict]", panel);
  const correction = one("#correction");
  const fieldsOf = Object.fromEntries(all("[data-role-of]", correction).map((field) => [field.dataset.roleOf, field]));
  const VERDICTS = { accepted: "accepted", corrected: "corrected", rejected: "rejected", missed: "missed here" };
  const reviews = articles.map((article) => {
    try {
      const kept = JSON.parse(localStorage.getItem(`claimx-review-${article.text_sha256}`) || "[]");
      return Array.isArray(kept) ? kept.filter((review) => review && review.review === 1) : [];
    } catch { return []; } // a browser may keep nothing for files
  });
  let writing = ""; // what a correction is for: corrected or missed

  const reviewOf = (number) => reviews[claims[number - 1].article].find((review) => review.claim === claims[number - 1].id);

  function keep(article, review, same) {
    reviews[article] = reviews[article].filter((other) => !same(other));
    if (review) {
      const { text_sha256, source, url } = articles[article];
      const about = { text_sha256, source, url };
      reviews[article].push({ review: 1, verdict: review.verdict, article: about, ...review, at: new Date().toISOString() });
    }
    try { localStorage.setItem(`claimx-review-${articles[article].text_sha256}`, JSON.stringify(reviews[article])); } catch { /* as above */ }
    markReviews();
  }

  function markReviews() {
    let done = 0;
    claims.forEach((claim, index) => {
      const review = reviewOf(index + 1);
      done += Boolean(review);
      const line = row(index + 1);
      if (line) { if (review) line.dataset.verdict = review.verdict; else delete line.dataset.verdict; }
    });
    const missed = reviews.flat().filter((review) => review.verdict === "missed").length;
    one("#review-tally").textContent = `${done} of ${claims.length} claims reviewed${missed ? `, ${missed} missed` : ""}`;
    one("#review-save").disabled = !reviews.flat().length;
    subject();
  }

  const articleNow = () => (missing ? missing.article : selected ? claims[selected - 1].article : -1);

  function subject() {
    if (!panel || panel.hidden) return;
    const review = missing
      ? reviews[missing.article].find((other) => other.verdict === "missed" && other.trigger.start === missing.start && other.trigger.end === missing.end)
      : selected ? reviewOf(selected) : null;
    one("#review-subject").textContent = missing ? `Missed: “${missing.text}”`
      : selected ? `Claim ${selected}` : "Choose a claim, or select the word of a movement that is missed.";
    one("#review-verdict").textContent = review ? VERDICTS[review.verdict] : "";
    for (const button of verdictButtons) {
      button.hidden = (button.dataset.verdict === "missed") !== Boolean(missing);
      button.disabled = !missing && !selected;
      button.setAttribute("aria-pressed", String(Boolean(review) && review.verdict === button.dataset.verdict));
    }
    one("#review-undo").disabled = !review;
    const article = articleNow();
    one("#review-whole").hidden = article < 0;
    if (article >= 0) one("#review-read").checked = reviews[article].some((other) => other.verdict === "read");
    write("");
  }

  function write(verdict) {
    writing = verdict;
    correction.hidden = !verdict;
    for (const button of verdictButtons) if (button.hasAttribute("aria-expanded")) button.setAttribute("aria-expanded", String(button.dataset.verdict === verdict));
    if (!verdict) return;
    const claim = missing ? null : claims[selected - 1];
    const review = missing ? null : reviewOf(selected);
    one("#correct-status").value = (review && review.status) || (claim ? claim.status : "asserted");
    one("#correct-note").value = (review && review.note) || "";
    for (const [role, field] of Object.entries(fieldsOf)) {
      field.value = (review && review.roles && review.roles[role]) ?? (claim ? claim.roles[role] || "" : "");
    }
    one("#correct-status").focus();
  }

  function judge(verdict, more = {}) {
    if (missing) {
      const { article, text, start, end } = missing;
      const same = (other) => other.verdict === "missed" && other.trigger.start === start && other.trigger.end === end;
      keep(article, verdict ? { verdict, claim: null, trigger: { text, start, end }, ...more } : null, same);
      missing = null;
      subject();
      return;
    }
    if (!selected) return;
    const claim = claims[selected - 1];
    keep(claim.article, verdict ? { verdict, claim: claim.id, ...more } : null, (other) => other.claim === claim.id);
    if (!verdict) return;
    const lines = all("#table tbody tr").filter((line) => !line.hidden);
    const at = lines.findIndex((line) => numbersOf(line)[0] === selected);
    const next = [...lines.slice(at + 1), ...lines.slice(0, at)].map((line) => numbersOf(line)[0]).find((number) => !reviewOf(number));
    if (next) toRow(next);
  }

  for (const button of verdictButtons) {
    button.addEventListener("click", () => {
      const verdict = button.dataset.verdict;
      if (button.hasAttribute("aria-expanded")) write(writing === verdict ? "" : verdict);
      else judge(verdict);
    });
  }
  one("#correct-keep").addEventListener("click", () => {
    const before = missing ? {} : claims[selected - 1].roles;
    const roles = {};
    for (const [role, field] of Object.entries(fieldsOf)) {
      const words = field.value.trim();
      if (words !== (before[role] || "")) roles[role] = words;
    }
    judge(writing, { status: one("#correct-status").value, roles, note: one("#correct-note").value.trim() });
  });
  one("#review-undo").addEventListener("click", () => judge(""));
  one("#review-read").addEventListener("change", (event) => {
    const review = event.target.checked ? { verdict: "read" } : null;
    keep(articleNow(), review, (other) => other.verdict === "read");
  });
  one("#review-save").addEventListener("click", () => {
    const lines = reviews.flat().map((review) => `${JSON.stringify(review)}\n`);
    save("reviews.jsonl", "application/jsonl;charset=utf-8", lines.join(""));
  });
  one("#review-open").addEventListener("click", (event) => {
    panel.hidden = !panel.hidden;
    event.currentTarget.setAttribute("aria-pressed", String(!panel.hidden));
    root.classList.toggle("reviewing", !panel.hidden);
    markReviews();
  });

  // the offset in its article, in code points, of a point in the page; null where it is no article's text
  function offsetOf(node, at) {
    const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".text [data-start]");
    if (!block) return null;
    const range = document.createRange();
    range.setStart(block, 0);
    range.setEnd(node, at);
    const part = range.cloneContents();
    for (const ref of all(".ref", part)) ref.remove();
    return { block, offset: Number(block.dataset.start) + [...part.textContent].length };
  }

  document.addEventListener("selectionchange", () => {
    if (panel.hidden) return;
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const [from, to] = [offsetOf(range.startContainer, range.startOffset), offsetOf(range.endContainer, range.endOffset)];
    if (!from || !to || from.block !== to.block) return;
    const part = range.cloneContents();
    for (const ref of all(".ref", part)) ref.remove();
    const words = part.textContent;
    const text = words.trim();
    if (!text) return;
    const start = from.offset + [...words].length - [...words.trimStart()].length;
    const article = Number(from.block.closest("article").id.replace("article-", "")) - 1;
    if (missing && missing.article === article && missing.start === start && missing.text === text) return;
    missing = { article, text, start, end: start + [...text].length };
    subject();
  });

  document.addEventListener("keydown", (event) => {
    if (panel.hidden || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    if (event.key === "Escape" && missing) { missing = null; subject(); }
    const verdict = { a: "accepted", c: "corrected", r: "rejected" }[event.key];
    if (!verdict || missing || !selected) return;
    if (verdict === "corrected") { write(verdict); event.preventDefault(); } else judge(verdict);
  });

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

  // the rest of the page knows how high filters and reviews are, so that neither hides what is led to; paper gets everything

  new ResizeObserver(() => {
    const sticks = getComputedStyle(form).position === "sticky";
    root.style.setProperty("--bar", sticks ? `${form.offsetHeight}px` : "0px");
  }).observe(form);
  new ResizeObserver(() => root.style.setProperty("--review", `${panel.offsetHeight}px`)).observe(panel);
  if (matchMedia("(max-width: 44rem)").matches) one("#more").open = false;
  addEventListener("beforeprint", () => { for (const element of all("details")) element.open = true; });
  addEventListener("hashchange", recall);
  sort("number", false);
  markReviews();
  recall();
})();
