"use strict";
document.documentElement.classList.add("js");
const all = (selector) => [...document.querySelectorAll(selector)];
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let one = target; one; one = one.parentElement) if (one instanceof HTMLDetailsElement) one.open = true;
  if (target instanceof HTMLDetailsElement) target.firstElementChild.focus();
};
const copy = (button) => {
  const source = button.parentElement.querySelector("pre");
  const name = button.textContent;
  const done = () => {
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = name; }, 1600);
  };
  const select = () => {
    getSelection().selectAllChildren(source);
    if (document.execCommand("copy")) done();
  };
  if (navigator.clipboard) navigator.clipboard.writeText(source.textContent).then(done, select);
  else select();
};
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!button) return;
  if (button.classList.contains("copy")) copy(button);
  else for (const one of button.closest("section").querySelectorAll("details.finding")) one.open = button.dataset.all === "open";
});
let closed = [];
addEventListener("beforeprint", () => {
  closed = all("details:not([open])");
  for (const one of closed) one.open = true;
});
addEventListener("afterprint", () => { for (const one of closed) one.open = false; });
addEventListener("hashchange", reveal);
reveal();
