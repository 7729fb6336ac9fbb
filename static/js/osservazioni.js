// Quoting: the words selected in the text become those that a remark speaks of. Without this they are pasted, or chosen.

// Straight as the portal stores them, so that the count of the same words before them is right.
const dritte = (parole) => parole.replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"').replace(/\s+/g, " ");

// The words selected inside one [data-citabile], and which occurrence of them it is; null if there are none.
const selezionate = () => {
  const selezione = window.getSelection();
  if (!selezione || selezione.isCollapsed || selezione.rangeCount === 0) {
    return null;
  }
  const tratto = selezione.getRangeAt(0);
  const da = tratto.startContainer.parentElement?.closest("[data-citabile]");
  const a = tratto.endContainer.parentElement?.closest("[data-citabile]");
  const parole = dritte(selezione.toString()).trim();
  if (!da || da !== a || !/[\p{L}\p{N}]/u.test(parole)) {
    return null;
  }
  const primaDi = document.createRange();
  primaDi.selectNodeContents(da);
  primaDi.setEnd(tratto.startContainer, tratto.startOffset);
  return { elemento: da, parole, posto: dritte(primaDi.toString()).split(parole).length - 1 };
};

// In the form: a button puts the selected words in the field.
const qui = document.querySelector("[data-cita-qui]");
if (qui) {
  qui.hidden = false;
  const campo = document.getElementById("id_citazione");
  const posto = document.getElementById("id_posto");
  let ultima = null;
  document.addEventListener("selectionchange", () => {
    ultima = selezionate() || (document.activeElement === campo ? null : ultima);
  });
  qui.querySelector("button").addEventListener("click", () => {
    const stato = qui.querySelector("[role=status]");
    if (!ultima) {
      stato.textContent = "Seleziona prima le parole nel testo qui sopra.";
      return;
    }
    campo.value = ultima.parole;
    posto.value = ultima.posto;
    stato.textContent = "Fatto.";
  });
  campo.addEventListener("input", () => {
    posto.value = "";
  });
}

// In the page of the text: a link to the form with the selected words in it.
const barra = document.querySelector("[data-cita-barra]");
if (barra) {
  const collegamento = barra.querySelector("a");
  const base = collegamento.getAttribute("href");
  let attesa;
  document.addEventListener("selectionchange", () => {
    window.clearTimeout(attesa);
    attesa = window.setTimeout(() => {
      const trovate = selezionate();
      barra.hidden = !trovate;
      if (trovate) {
        const parametri = new URLSearchParams({ cita: trovate.parole.slice(0, 1500), posto: trovate.posto });
        collegamento.href = `${base.replace("disposizione", trovate.elemento.dataset.citabile)}?${parametri}`;
      }
    }, 200);
  });
}

// What lies on a disposition opens under it; it takes the focus, and gives it back when it is closed.
document.addEventListener("htmx:afterSwap", (evento) => {
  const testa = evento.detail.target.querySelector("[data-aperta]");
  if (!testa) {
    return;
  }
  const contenitore = evento.detail.target;
  const chiamante = evento.detail.requestConfig?.elt;
  testa.focus();
  testa.querySelector("[data-chiudi]").addEventListener("click", () => {
    contenitore.replaceChildren();
    chiamante?.focus();
  });
});
