// The fields of one question: what they hold, putting something into them, moving the items of a ranking.
window.Campi = (() => {
  const codice = (domanda) => domanda.id.slice(2);
  const propri = (domanda) => {
    const nome = codice(domanda);
    return [...domanda.querySelectorAll("input, textarea, select")].filter(
      (campo) =>
        (campo.name === nome || campo.name.startsWith(`${nome}-`)) && campo.name !== `${nome}-rev` && campo.type !== "file",
    );
  };
  const spuntabile = (campo) => campo.type === "radio" || campo.type === "checkbox";

  const valori = (domanda) =>
    propri(domanda)
      .filter((campo) => (spuntabile(campo) ? campo.checked : campo.value !== ""))
      .map((campo) => [campo.name, campo.value.replaceAll("\r\n", "\n")]);

  const revisione = (domanda) => domanda.querySelector(`[id="rev-${codice(domanda)}"]`);

  const metti = (domanda, coppie) => {
    if (domanda.querySelector(".graduatoria")) {
      disegna(
        domanda,
        coppie.map(([, valore]) => valore),
      );
      return;
    }
    const messi = new Set(coppie.map((coppia) => JSON.stringify(coppia)));
    const testi = new Map(coppie);
    for (const campo of propri(domanda)) {
      if (spuntabile(campo)) {
        campo.checked = messi.has(JSON.stringify([campo.name, campo.value]));
      } else {
        campo.value = testi.get(campo.name) ?? "";
      }
    }
  };

  // ------------------------------------------------------------------------------------------ the ranking
  const ordine = (domanda) => [...domanda.querySelectorAll(".graduatoria-scelte input")].map((campo) => campo.value);

  const spostata = (prima, verbo, voce, posti) => {
    const dopo = prima.filter((altra) => altra !== voce);
    const posto = prima.indexOf(voce);
    if (verbo === "aggiungi") {
      return posto < 0 && prima.length < posti ? [...prima, voce] : prima;
    }
    if (posto < 0 || verbo === "togli") {
      return dopo;
    }
    dopo.splice(Math.max(0, posto + (verbo === "su" ? -1 : 1)), 0, voce);
    return dopo;
  };

  const riga = (scatola, quale, voce, nome) => {
    const nuova = scatola.querySelector(`template[data-riga="${quale}"]`).content.firstElementChild.cloneNode(true);
    nuova.dataset.voce = voce;
    nuova.querySelector("[data-nome]").textContent = nome;
    for (const bottone of nuova.querySelectorAll("button")) {
      bottone.value = bottone.value.replace("§", voce);
      bottone.id = bottone.id.replace("§", voce);
      const detto = bottone.querySelector("[data-detto]");
      if (detto) {
        detto.textContent = `${detto.textContent} ${nome}`;
      }
    }
    return nuova;
  };

  const disegna = (domanda, scelte) => {
    const scatola = domanda.querySelector(".graduatoria");
    const posti = Number(scatola.dataset.posti);
    const nomi = new Map(
      [...scatola.querySelectorAll("[data-voce]")].map((voce) => [
        voce.dataset.voce,
        voce.querySelector("[data-nome]").textContent,
      ]),
    );
    const note = [...new Set(scelte)].filter((voce) => nomi.has(voce)).slice(0, posti);
    const righe = note.map((voce, posto) => {
      const nuova = riga(scatola, "scelta", voce, nomi.get(voce));
      nuova.querySelector("input").value = voce;
      nuova.querySelector(".graduatoria-posto").textContent = posto + 1;
      nuova.querySelector('[data-sposta="su"]').disabled = posto === 0;
      nuova.querySelector('[data-sposta="giu"]').disabled = posto === note.length - 1;
      return nuova;
    });
    const altre = scatola.dataset.ordine.split(" ").filter((voce) => !note.includes(voce));
    scatola.querySelector(".graduatoria-scelte").replaceChildren(...righe);
    scatola.querySelector(".graduatoria-altre").replaceChildren(
      ...altre.map((voce) => riga(scatola, "altra", voce, nomi.get(voce))),
    );
    scatola.querySelector("[data-quante]").textContent = note.length;
    scatola.querySelector("[data-nessuna]").hidden = note.length > 0;
    scatola.querySelector("[data-restano]").hidden = altre.length === 0 || note.length >= posti;
  };

  const sposta = (domanda, bottone) => {
    const verbo = bottone.dataset.sposta;
    const { voce } = bottone.closest("[data-voce]").dataset;
    const posti = Number(domanda.querySelector(".graduatoria").dataset.posti);
    disegna(domanda, spostata(ordine(domanda), verbo, voce, posti));
    const stesso = domanda.querySelector(`[data-voce="${CSS.escape(voce)}"] [data-sposta="${verbo}"]:not(:disabled)`);
    const vicino = domanda.querySelector(`[data-voce="${CSS.escape(voce)}"] button:not(:disabled)`);
    (stesso ?? vicino ?? domanda.querySelector(".graduatoria button:not(:disabled)"))?.focus();
  };

  return { codice, valori, revisione, metti, sposta };
})();
