// A copy of each answer on this device until the server has it: for one person, one body, one version of the questionnaire.
// Copies of anybody else are thrown away, and all of them at logout (accordo.js).
window.Copie = (() => {
  const INIZIO = "accordo:risposte:";
  const modulo = document.querySelector("[data-questionario]");
  const io = modulo ? `${INIZIO}${modulo.dataset.utente}:` : null;
  const mie = modulo ? `${io}${modulo.dataset.ente}:${modulo.dataset.versione}:` : null;

  // A full or forbidden store must not stop anybody from answering.
  const prova = (fai, altrimenti) => {
    try {
      return fai();
    } catch {
      return altrimenti;
    }
  };
  const chiavi = (inizio) =>
    prova(() => Object.keys(window.localStorage).filter((chiave) => chiave.startsWith(inizio)), []);

  if (modulo) {
    for (const chiave of chiavi(INIZIO)) {
      if (!chiave.startsWith(io)) {
        prova(() => window.localStorage.removeItem(chiave));
      }
    }
  }

  const chiave = (domanda) => `${mie}${modulo.dataset.sezione}:${domanda}`;
  return {
    scrivi(domanda, valori, revisione) {
      const copia = JSON.stringify({ valori, revisione, quando: Date.now() });
      return prova(() => window.localStorage.setItem(chiave(domanda), copia) === undefined, false);
    },
    leggi: (domanda) => prova(() => JSON.parse(window.localStorage.getItem(chiave(domanda))), null),
    togli: (domanda) => prova(() => window.localStorage.removeItem(chiave(domanda))),
    diQui: () => {
      const inizio = chiave("");
      return chiavi(inizio).map((trovata) => trovata.slice(inizio.length));
    },
    // The other sections in which something typed here has not reached the server.
    altreSezioni: () => {
      const sezioni = chiavi(mie).map((trovata) => trovata.slice(mie.length).split(":")[0]);
      return [...new Set(sezioni)].filter((sezione) => sezione !== modulo.dataset.sezione);
    },
  };
})();
