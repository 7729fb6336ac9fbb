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
// A reason used before goes into the field, where it can be adapted, without asking the server.
for (const bottone of document.querySelectorAll("[data-motivo]")) {
  bottone.addEventListener("click", (evento) => {
    const campo = bottone.closest("form")?.querySelector("[name=motivazione]");
    if (campo) {
      evento.preventDefault();
      campo.value = bottone.dataset.motivo;
      campo.dispatchEvent(new Event("input", { bubbles: true }));
      campo.focus();
    }
  });
}
