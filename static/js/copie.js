// Copies on this device of what the server has not confirmed yet: for one person and one place (`mie`, a prefix of the keys).
// Copies of anybody else under the same `inizio` are thrown away; all of them go at logout (accordo.js).
window.copieDi = ({ inizio, io, mie }) => {
  // A full or forbidden store must not stop anybody from writing.
  const prova = (fai, altrimenti) => {
    try {
      return fai();
    } catch {
      return altrimenti;
    }
  };
  const chiavi = (prefisso) =>
    prova(() => Object.keys(window.localStorage).filter((chiave) => chiave.startsWith(prefisso)), []);
  for (const chiave of io ? chiavi(inizio) : []) {
    if (!chiave.startsWith(io)) {
      prova(() => window.localStorage.removeItem(chiave));
    }
  }
  return {
    scrivi: (nome, dati) =>
      prova(() => window.localStorage.setItem(mie + nome, JSON.stringify({ ...dati, quando: Date.now() })) === undefined, false),
    leggi: (nome) => prova(() => JSON.parse(window.localStorage.getItem(mie + nome)), null),
    togli: (nome) => prova(() => window.localStorage.removeItem(mie + nome)),
    tutte: () => chiavi(mie).map((chiave) => chiave.slice(mie.length)),
  };
};
