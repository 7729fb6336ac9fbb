// The preview beside the form: announced as updated, never read out whole.
// A form of a decision that was being written is not lost by a click on another amendment.
const modulo = document.querySelector("[data-decisione]");
if (modulo) {
  let scritto = false;
  modulo.addEventListener("input", () => {
    scritto = true;
  });
  modulo.addEventListener("submit", () => {
    scritto = false;
  });
  window.addEventListener("beforeunload", (evento) => {
    if (scritto) {
      evento.preventDefault();
    }
  });
}
