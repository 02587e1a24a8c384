"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  document.documentElement.classList.add("js");

  // Tables: a heading sorts its rows; text is sorted as people count ("2" before "10").
  const order = new Intl.Collator("en-GB", { numeric: true }).compare;
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.v ?? cell.textContent.trim();
  };
  function sort(heading) {
    const up = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    const body = heading.closest("table").tBodies[0];
    const column = heading.cellIndex;
    const compare = heading.dataset.sort === "number" ? (a, b) => a - b : order;
    const rows = [...body.rows].sort((a, b) => up * compare(key(a, column), key(b, column)));
    body.append(...rows);
    for (const other of heading.parentNode.cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", up > 0 ? "ascending" : "descending");
  }
  for (const heading of all("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(heading));
    heading.append(button);
  }

  // Map: its window on the page's pixels, moved and scaled as one.
  const svg = one(".canvas > svg");
  const canvas = one(".canvas");
  const tip = one(".tip");
  const list = one(".areas", svg);
  const areas = all("path", list);
  const outlines = all("[data-o]", svg);
  const [, , fullWidth, fullHeight] = svg.getAttribute("viewBox").split(" ").map(Number);
  const unit = Number(svg.dataset.scale);
  const view = { x: 0, y: 0, zoom: 1 };
  const names = areas.map((area) => {
    const title = one("title", area);
    const words = title.textContent;
    // The name moves into a label, so that the browser does not show it beside the tip.
    area.setAttribute("aria-label", words);
    title.remove();
    return words;
  });
  const lotsOf = (area) => (area.dataset.l ? area.dataset.l.split(" ") : []);

  const patterns = all("pattern", svg).map((pattern) => [pattern, pattern.getAttribute("patternTransform")]);

  // Labels keep their size on the screen; those that would touch one that stands already wait for a closer look.
  const labels = all("[data-t]", svg).concat(all(".badge", svg)).map((node) => {
    node.classList.remove("off");
    const box = node.getBBox();
    const [x, y] = node.dataset.p.split(" ").map(Number);
    // A label that found no room beside its lot waits until the lot is larger than the label.
    const lot = node.classList.contains("late") && outlines[node.dataset.t].getBBox();
    const room = lot ? Math.min((lot.width * unit) / box.width, (lot.height * unit) / box.height) : Infinity;
    return { node, room, x, y, midX: box.x + box.width / 2, midY: box.y + box.height / 2, width: box.width, height: box.height };
  });
  function arrange() {
    const box = svg.getBoundingClientRect();
    const scale = Math.max(fullWidth / (box.width || fullWidth), fullHeight / (box.height || fullHeight)) / view.zoom;
    const still = view.zoom === 1 && scale < 1.4;
    svg.classList.toggle("loose", !still);
    svg.classList.toggle("zoomed", view.zoom > 1);
    const taken = [];
    for (const label of labels) {
      label.node.classList.toggle("off", still && label.node.classList.contains("late"));
      if (still) {
        label.node.removeAttribute("transform");
        continue;
      }
      const half = [(label.width * scale) / 2 + scale, (label.height * scale) / 2];
      const meets = label.room < scale || taken.some((t) => Math.abs(t.x - label.x) < t.half[0] + half[0] && Math.abs(t.y - label.y) < t.half[1] + half[1]);
      label.node.classList.toggle("off", meets);
      if (!meets) taken.push({ x: label.x, y: label.y, half });
      label.node.setAttribute("transform", `translate(${label.x} ${label.y}) scale(${scale.toFixed(3)}) translate(${-label.midX} ${-label.midY})`);
    }
  }
  function show() {
    const [width, height] = [fullWidth / view.zoom, fullHeight / view.zoom];
    view.x = Math.min(Math.max(view.x, 0), fullWidth - width);
    view.y = Math.min(Math.max(view.y, 0), fullHeight - height);
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${width} ${height}`);
    for (const [pattern, turn] of patterns) pattern.setAttribute("patternTransform", `${turn} scale(${1 / view.zoom})`);
    arrange();
  }
  function zoomAt(x, y, factor) {
    const zoom = Math.min(Math.max(view.zoom * factor, 1), 24);
    view.x = x - ((x - view.x) * view.zoom) / zoom;
    view.y = y - ((y - view.y) * view.zoom) / zoom;
    view.zoom = zoom;
    show();
  }
  function point(event) {
    const box = svg.getBoundingClientRect();
    const scale = Math.max(fullWidth / view.zoom / box.width, fullHeight / view.zoom / box.height);
    const [padX, padY] = [(box.width - fullWidth / view.zoom / scale) / 2, (box.height - fullHeight / view.zoom / scale) / 2];
    return { x: view.x + (event.clientX - box.left - padX) * scale, y: view.y + (event.clientY - box.top - padY) * scale, scale };
  }
  function centreOn(x, y) {
    view.x = x - fullWidth / view.zoom / 2;
    view.y = y - fullHeight / view.zoom / 2;
    show();
  }
  const middle = () => [view.x + fullWidth / view.zoom / 2, view.y + fullHeight / view.zoom / 2];
  for (const button of all("[data-zoom]")) {
    button.addEventListener("click", () => {
      if (button.dataset.zoom === "all") Object.assign(view, { x: 0, y: 0, zoom: 1 });
      else return zoomAt(...middle(), button.dataset.zoom === "in" ? 1.6 : 1 / 1.6);
      show();
    });
  }
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const at = point(event);
    zoomAt(at.x, at.y, event.deltaY < 0 ? 1.25 : 0.8);
  }, { passive: false });

  // Dragging moves the map; two fingers scale it.
  const fingers = new Map();
  let moved = false;
  svg.addEventListener("pointerdown", (event) => { fingers.set(event.pointerId, event); moved = false; });
  svg.addEventListener("pointermove", (event) => {
    const last = fingers.get(event.pointerId);
    if (!last || (view.zoom === 1 && fingers.size < 2)) return;
    const { scale } = point(event);
    const others = [...fingers.values()].filter((finger) => finger.pointerId !== event.pointerId);
    if (others.length) {
      const away = (finger) => Math.hypot(finger.clientX - others[0].clientX, finger.clientY - others[0].clientY);
      const at = point(event);
      zoomAt(at.x, at.y, away(event) / Math.max(away(last), 1));
    } else {
      view.x -= (event.clientX - last.clientX) * scale;
      view.y -= (event.clientY - last.clientY) * scale;
      show();
    }
    moved = moved || Math.hypot(event.clientX - last.clientX, event.clientY - last.clientY) > 2;
    fingers.set(event.pointerId, event);
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) svg.addEventListener(name, (event) => fingers.delete(event.pointerId));

  // Highlight: a lot on the map and its rows in the tables, one area with a tip.
  const lotMark = one(".lot-mark", svg);
  const areaMark = one(".area-mark", svg);
  function markLots(lots) {
    for (const row of all("tr.on")) row.classList.remove("on");
    for (const lot of lots) for (const row of all(`tr[data-l="${lot}"]`)) row.classList.add("on");
    const paths = outlines.filter((path) => lots.includes(path.dataset.o)).map((path) => path.getAttribute("d"));
    lotMark.setAttribute("d", paths.join(""));
  }
  function markArea(index, x, y) {
    const area = areas[index];
    markLots(area ? lotsOf(area) : []);
    areaMark.setAttribute("d", area ? area.getAttribute("d") : "");
    tip.hidden = !area;
    if (!area) return;
    tip.textContent = names[index];
    const box = canvas.getBoundingClientRect();
    const left = Math.min(Math.max(x - box.left + 14, 4), Math.max(box.width - tip.offsetWidth - 4, 4));
    const above = y - box.top - tip.offsetHeight - 12;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 0 ? above : y - box.top + 18}px`;
  }
  const indexOf = new Map(areas.map((area, index) => [area, index]));
  svg.addEventListener("pointermove", (event) => {
    const index = indexOf.get(event.target);
    if (index === undefined) markArea(-1);
    else markArea(index, event.clientX, event.clientY);
  });
  canvas.addEventListener("pointerleave", () => markArea(-1));
  function goToRow(lots) {
    const row = lots.length && document.getElementById(`lot-${lots[0]}`);
    if (!row) return;
    row.scrollIntoView({ block: "center" });
    markLots(lots);
  }
  // A mouse has shown the area before it clicks; a finger shows it with its first touch and goes to the table with its second.
  let touched = -1;
  svg.addEventListener("click", (event) => {
    const index = indexOf.get(event.target);
    if (index === undefined || moved) return;
    if (event.pointerType === "touch" && index !== touched) markArea(index, event.clientX, event.clientY);
    else goToRow(lotsOf(areas[index]));
    touched = index;
  });
  for (const row of all("tr[data-l]")) row.addEventListener("pointerenter", () => markLots([row.dataset.l]));
  for (const body of all("tbody")) body.addEventListener("pointerleave", () => markArea(-1));
  for (const row of all("tr[data-a]")) row.addEventListener("pointerenter", () => markLots(lotsOf(areas[row.dataset.a])));

  // The name of a lot in the table is a button that shows the lot on the map.
  function showLot(lot) {
    const path = outlines.find((outline) => outline.dataset.o === lot);
    const box = path.getBBox();
    view.zoom = Math.min(Math.max(0.7 / Math.max((box.width * unit) / fullWidth, (box.height * unit) / fullHeight), 1), 12);
    centreOn((box.x + box.width / 2) * unit, (box.y + box.height / 2) * unit);
    markLots([lot]);
    one("#map").scrollIntoView({ block: "nearest" });
  }
  for (const row of all(".lots-section tr[data-l]")) {
    const name = one(".lot-name > span", row);
    const button = document.createElement("button");
    button.type = "button";
    button.append(...name.childNodes);
    button.setAttribute("aria-label", `${button.textContent}: show on the map`);
    button.addEventListener("click", () => showLot(row.dataset.l));
    button.addEventListener("focus", () => markLots([row.dataset.l]));
    name.append(button);
  }

  // Keyboard: arrows move to the nearest area in that direction, Enter goes to the lot in the table.
  const centres = areas.map((area) => {
    const box = area.getBBox();
    return { x: (box.x + box.width / 2) * unit, y: (box.y + box.height / 2) * unit };
  });
  let current = -1;
  function choose(index) {
    for (const area of all("[aria-selected=true]", list)) area.setAttribute("aria-selected", "false");
    current = index;
    areas[current].setAttribute("aria-selected", "true");
    list.setAttribute("aria-activedescendant", areas[current].id);
    const { x, y } = centres[current];
    const hidden = x < view.x || y < view.y || x > view.x + fullWidth / view.zoom || y > view.y + fullHeight / view.zoom;
    if (hidden) centreOn(x, y);
    const box = areas[current].getBoundingClientRect();
    markArea(current, box.left + box.width / 2, box.top);
  }
  const ways = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  function next([towardsX, towardsY]) {
    const from = centres[current];
    let best = current;
    let least = Infinity;
    centres.forEach((centre, index) => {
      const [x, y] = [centre.x - from.x, centre.y - from.y];
      const ahead = x * towardsX + y * towardsY;
      const aside = Math.abs(x * towardsY - y * towardsX);
      if (index !== current && ahead > 0 && ahead + 2 * aside < least) {
        best = index;
        least = ahead + 2 * aside;
      }
    });
    return best;
  }
  // A press gives the list the focus: the area under the pointer is then the current one, not the first.
  svg.addEventListener("pointerdown", (event) => { current = indexOf.get(event.target) ?? current; });
  list.addEventListener("focus", () => choose(Math.max(current, 0)));
  list.addEventListener("blur", () => markArea(-1));
  list.addEventListener("keydown", (event) => {
    if (ways[event.key]) choose(next(ways[event.key]));
    else if (event.key === "Home") choose(0);
    else if (event.key === "End") choose(areas.length - 1);
    else if (event.key === "Enter") {
      const lots = lotsOf(areas[current]);
      goToRow(lots);
      const button = lots.length && one(`#lot-${lots[0]} button`);
      if (button) button.focus();
    } else return;
    event.preventDefault();
  });

  const deals = one("#show-deals");
  if (deals) deals.addEventListener("change", () => svg.classList.toggle("no-deals", !deals.checked));

  // Search over the areas, where they are listed.
  const find = one("#find");
  const rows = all("#areas tr");
  if (find) find.addEventListener("input", () => {
    const wanted = find.value.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      const cells = [...row.cells].slice(0, 3).map((cell) => cell.textContent.toLowerCase());
      const found = !wanted || cells[0].includes(wanted) || cells[1].includes(wanted) || cells[2] === wanted;
      row.hidden = !found;
      count += found ? 1 : 0;
    }
    one("#found").textContent = wanted ? `${count} of ${rows.length} areas` : "";
  });

  window.addEventListener("resize", arrange);
  window.addEventListener("beforeprint", () => { Object.assign(view, { x: 0, y: 0, zoom: 1 }); show(); });
  show();
})();
