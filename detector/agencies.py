"""The agencies and outlets whose bare name is a credit, each with the names that it goes by: one table, nothing else.

A line is one origin: the name to show, and after a colon further names. A new agency is a new line.
"""

from __future__ import annotations

from collections.abc import Mapping

_TABLE = """
    AAP: Australian Associated Press
    ABC
    Agence France-Presse: AFP
    AKIpress
    Al Arabiya
    Al Jazeera: aljazeera.com
    Anadolu Agency: Anadolu; Anatolia; aa.com.tr
    ANA-MPA
    ANI: Asian News International; aninews.in
    ANSA
    APA
    Associated Press: AP; AP News; apnews.com; Associated Press News
    ATP
    Axios
    BBC: BBC News; bbc.com; bbc.co.uk
    Belga
    Bernama
    Bloomberg: Bloomberg News; bloomberg.com
    BNA
    BTA
    Business Wire
    C-SPAN
    Canadian Press
    CBS: CBS News
    CNBC
    CNN: cnn.com; CNN Wire
    CTK
    Der Spiegel
    Deutsche Welle: DW; dw.com
    DPA: Deutsche Presse-Agentur; dpa international
    EFE: Agencia EFE
    El País: El Pais
    Euronews
    Europa Press
    Forbes
    Fox News
    France 24
    Hina
    IANS: Indo-Asian News Service
    IFX: Interfax
    Interfax-Ukraine
    IRNA
    ITV
    Jiji Press: Jiji
    KUNA
    Kyodo News: Kyodo
    Le Figaro
    Le Monde
    Les Echos
    Lusa
    MSNBC
    MTI
    NBC: NBC News
    Newsweek
    NPR
    NTB
    PA Media: PA; Press Association
    PAP
    PBS
    Petra
    Politico
    PR Newswire: PRNewswire
    Press Trust of India: PTI
    Qatar News Agency: QNA
    Reuters: Reuters Staff; Thomson Reuters; Reuters News Agency; reuters.com
    RFE/RL
    RIA Novosti: RIA
    Ritzau
    RTE
    Sky News
    SPA
    Sputnik
    Swissinfo
    TASS: ITAR-TASS
    The Atlantic
    The Conversation
    The Economist
    The Guardian: theguardian.com
    The Hill
    The New Yorker
    TT
    Ukrainska Pravda
    Ukrinform
    UN News
    UNIAN
    UPI: United Press International
    USA Today
    VNA
    VOA: Voice of America
    Vox
    WAFA
    WAM
    Xinhua: Xinhua News Agency
    Yonhap: Yonhap News Agency
"""


def _read_table() -> dict[str, str]:
    names: dict[str, str] = {}
    for line in _TABLE.strip().splitlines():
        name, _, more = line.strip().partition(": ")
        for one in (name, *more.split("; ")):
            if one:
                names[one.casefold()] = name
    return names


AGENCIES: Mapping[str, str] = _read_table()
"""Each name in lower case -> the name to show for its agency or outlet."""


def find_agency(name: str) -> str | None:
    """Return the name to show for a known agency or outlet under any of its names, "the" in front or not; else None."""
    folded = name.strip(" .,").casefold().removeprefix("www.")
    return AGENCIES.get(folded) or AGENCIES.get(folded.removeprefix("the "))


def fold_name(name: str) -> str:
    """Return one form for all names of one outlet: its known name, else its own without case, "the" and "www"."""
    bare = " ".join(name.split()).strip(" .,")
    return (find_agency(bare) or bare.removeprefix("www.")).casefold().removeprefix("the ")
