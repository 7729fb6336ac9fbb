// The editor works without JavaScript; with it the buttons that only stand in for a change event are not needed.
document.documentElement.classList.add("con-js");

// Whoever works by keyboard keeps their place when a button that they pressed has had its say: htmx gives the focus
// back by id, which fails if the button is now disabled (the first cannot go up, the last cannot go down) or gone.
(() => {
  let premuto = null;

  const prendi = (elemento) => elemento && !elemento.disabled && elemento.focus();

  document.addEventListener("htmx:beforeRequest", () => {
    const chi = document.activeElement;
    premuto = chi?.id
      ? { id: chi.id, valore: chi.value ?? "", blocco: chi.closest("fieldset[id]")?.id ?? "" }
      : null;
  });

  document.addEventListener("htmx:afterSettle", () => {
    if (!premuto) return;
    const { id, valore, blocco } = premuto;
    premuto = null;
    const ora = document.getElementById(id);
    if (valore.startsWith("voce:aggiungi") || valore.startsWith("grado:aggiungi")) {
      // the next thing to do is to write in the row that has just come
      const righe = document.querySelectorAll(`#${blocco} .righe-editor li`);
      prendi(righe[righe.length - 1]?.querySelector("input:not([type=hidden])"));
    } else if (valore.startsWith("cond:nuova") || valore.startsWith("cond:gruppo")) {
      const vuote = [...document.querySelectorAll("#condizioni select[name=cond-domanda]")];
      prendi(vuote.filter((s) => !s.value && prima(s, ora)).pop());
    } else if (ora?.disabled) {
      prendi([...ora.parentElement.querySelectorAll("button")].find((tasto) => !tasto.disabled));
    } else if (!ora && blocco) {
      prendi(document.querySelector(`#${blocco} .aggiungi`));
    }
    annuncia(document.getElementById(id));
  });

  // of two conditions without a question the one just added stands before the button that added it
  function prima(uno, altro) {
    return !altro || (uno.compareDocumentPosition(altro) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  }

  // where a part of the plan has come to stand, for who does not see it move
  function annuncia(tasto) {
    const dove = document.getElementById("annuncio");
    const parte = tasto?.closest("[data-parte]")?.dataset.parte;
    if (dove && parte && !document.querySelector("#editor [role=alert]")) dove.textContent = `Spostata. Ora è: ${parte}.`;
  }
})();
