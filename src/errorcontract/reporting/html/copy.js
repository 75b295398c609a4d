document.documentElement.classList.add("ec-js");
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest(".ec-copy") : null;
  if (!button) return;
  const source = button.parentElement.querySelector("pre");
  const done = () => {
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1600);
  };
  const select = () => {
    const range = document.createRange();
    range.selectNodeContents(source);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    if (document.execCommand("copy")) done();
  };
  if (navigator.clipboard) navigator.clipboard.writeText(source.textContent).then(done, select);
  else select();
});
