"""Files that a command reads or writes: why it cannot, in words."""

_PERCHE: tuple[tuple[type[OSError], str], ...] = (
    (FileNotFoundError, "il file o la cartella non esiste"),
    (IsADirectoryError, "è una cartella"),
    (NotADirectoryError, "una parte del percorso non è una cartella"),
    (PermissionError, "manca il permesso"),
    (FileExistsError, "c'è già"),
)


def perche(errore: OSError) -> str:
    """Return the reason of an error of the file system as a person reads it; the system's own words for a rare one."""
    for tipo, parole in _PERCHE:
        if isinstance(errore, tipo):
            return parole
    return errore.strerror or "errore di lettura o scrittura"
