// A copy of each answer on this device until the server has it: for one person, one body, one version of the questionnaire
// (copie.js keeps them).
window.Copie = (() => {
  const INIZIO = "accordo:risposte:";
  const modulo = document.querySelector("[data-questionario]");
  const io = modulo ? `${INIZIO}${modulo.dataset.utente}:` : null;
  const mie = modulo ? `${io}${modulo.dataset.ente}:${modulo.dataset.versione}:` : null;
  const copie = window.copieDi({ inizio: INIZIO, io, mie });
  const nome = (domanda) => `${modulo.dataset.sezione}:${domanda}`;
  return {
    scrivi: (domanda, valori, revisione) => copie.scrivi(nome(domanda), { valori, revisione }),
    leggi: (domanda) => copie.leggi(nome(domanda)),
    togli: (domanda) => copie.togli(nome(domanda)),
    diQui: () => {
      const qui = nome("");
      return copie.tutte().flatMap((trovata) => (trovata.startsWith(qui) ? [trovata.slice(qui.length)] : []));
    },
    // The other sections in which something typed here has not reached the server.
    altreSezioni: () => {
      const sezioni = copie.tutte().map((trovata) => trovata.split(":")[0]);
      return [...new Set(sezioni)].filter((sezione) => sezione !== modulo.dataset.sezione);
    },
  };
})();
