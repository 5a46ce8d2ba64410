"""Countries by name, demonym and capital, from the `countryinfo` package."""

from __future__ import annotations

from functools import cache

# Names that newsrooms use and the package does not list.
_VARIANTS = {
    "america": "US", "u.s.": "US", "u.s": "US", "u.s.a.": "US", "the united states": "US", "americans": "US", "american": "US",
    "britain": "GB", "u.k.": "GB", "u.k": "GB", "briton": "GB", "britons": "GB", "great britain": "GB",
    "u.a.e.": "AE", "uae": "AE", "emirates": "AE", "drc": "CD", "south korea": "KR", "north korea": "KP", "vatican": "VA",
    "french": "FR", "dutch": "NL", "holland": "NL", "kosovo": "XK", "kosovar": "XK", "czechia": "CZ", "swede": "SE", "swedes": "SE",
    "dane": "DK", "danes": "DK", "finn": "FI", "finns": "FI", "pole": "PL", "poles": "PL", "turk": "TR", "turks": "TR",
    "spaniard": "ES", "spaniards": "ES", "brit": "GB", "brits": "GB", "myanmar": "MM", "burma": "MM", "england": "GB-ENG",
    "scotland": "GB-SCT", "wales": "GB-WLS", "european": "EU", "europeans": "EU", "eu": "EU", "european union": "EU",
}  # fmt: skip
_CAPITAL_VARIANTS = {
    "kiev": "UA",
    "washington": "US",
    "washington, d.c.": "US",
    "peking": "CN",
    "the hague": "NL",
    "tel aviv": "IL",
}
# Seats of government that stand for it.
_SEATS = {
    "kremlin": "RU",
    "the kremlin": "RU",
    "white house": "US",
    "the white house": "US",
    "pentagon": "US",
    "the pentagon": "US",
    "downing street": "GB",
    "elysee": "FR",
    "whitehall": "GB",
    "capitol hill": "US",
}


def _as_list(value: object) -> list[str]:
    """The package gives one string, a list, or nothing."""
    if isinstance(value, str):
        return [value] if value else []
    return [str(item) for item in value] if isinstance(value, list) else []


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Return (country names and demonyms -> ISO code, capitals -> ISO code), all lower-case."""
    from countryinfo import all_countries

    names: dict[str, str] = {}
    capitals: dict[str, str] = {}
    sized = sorted(all_countries(), key=lambda country: -(country.info().get("population") or 0))
    for country in sized:
        info = country.info()
        code = (info.get("ISO") or {}).get("alpha2")
        if not code:
            continue
        spellings = [info.get("name"), *info.get("altSpellings", [])]
        for name in spellings:
            # Two-letter codes are words ("IN", "IT"); only the ones in use as names count.
            if name and (len(name) > 3 or name in ("US", "UK", "USA")):
                names.setdefault(name.lower(), code)
        for demonym in _as_list(info.get("demonym")):
            names.setdefault(demonym.lower(), code)
            names.setdefault(demonym.lower() + "s", code)
        for capital in _as_list(info.get("capital")):
            capitals.setdefault(capital.lower(), code)
    return names | _VARIANTS | _SEATS, capitals | _CAPITAL_VARIANTS


def find_country(text: str) -> str:
    """Return the ISO code of the country that a name, demonym or seat of government means, or ""."""
    key = " ".join(text.lower().removeprefix("the ").split()).removesuffix("'s").removesuffix("’s")
    return _tables()[0].get(key, "")


def find_capital(text: str) -> str:
    """Return the ISO code of the country whose capital this is, or ""."""
    return _tables()[1].get(" ".join(text.lower().split()).removesuffix("'s").removesuffix("’s"), "")
