"""The word lists of the rules: phrases of deed and speech, verbs with sure opposites, places of one kind."""

from __future__ import annotations

from dataclasses import dataclass

DONE = ("managed to {}", "went on to {}", "did indeed {}")
NOT_DONE = ("failed to {}", "was/were unable to {}", "decided not to {}", "refused to {}")
INTENDED = (
    "planned to {}", "hoped to {}", "wanted to {}", "was/were expected to {}", "threatened to {}", "was/were thinking about whether to {}",
    "was/were asked to {}", "promised to {}", "was/were set to {}", "may have agreed to {}",
)  # fmt: skip
CLAIMED = ("said that", "stated that", "claimed that", "maintained that")
DENIED = ("denied that", "rejected the claim that", "disputed that")
ASKED = (
    "was/were asked whether",
    "would be asked whether",
    "was/were expected to comment on whether",
    "wondered whether",
)

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
EVENTS = set(
    (
        "kill arrest die bear crash shoot convict meet hold found bury wound injure murder land sentence "
        "detain capture speak gather stab open begin"
    ).split()
)
PLACES = tuple(
    names.split(", ")
    for names in (
        (
            "Chicago, Boston, Philadelphia, Houston, Dallas, Atlanta, Miami, Seattle, Denver, Detroit, Baltimore, "
            "Phoenix, Cleveland, Los Angeles, San Francisco, New Orleans, Las Vegas, Washington, New York, Orlando, "
            "Charlotte, Milwaukee"
        ),
        (
            "Texas, Ohio, Florida, Iowa, Virginia, Michigan, Arizona, Georgia, Pennsylvania, Wisconsin, Nevada, "
            "Colorado, California, Missouri, Louisiana, Alabama, New Hampshire, South Carolina, North Carolina, "
            "Minnesota, Oregon, Utah"
        ),
        (
            "Paris, London, Berlin, Moscow, Rome, Madrid, Brussels, Geneva, Vienna, Istanbul, Cairo, Beirut, "
            "Baghdad, Damascus, Kabul, Tehran, Jerusalem, Beijing, Tokyo, Seoul, Hong Kong, Aleppo, Benghazi, "
            "Singapore, Helsinki"
        ),
        (
            "France, Germany, Britain, Italy, Spain, Russia, Ukraine, Iraq, Syria, Iran, Afghanistan, Pakistan, "
            "India, China, Japan, Egypt, Libya, Yemen, Turkey, Mexico, Israel, Saudi Arabia, Venezuela, Canada, "
            "Sweden, Nigeria"
        ),
    )
)
# Past forms of verbs that two parties cannot both do to each other at once -> their participles.
SWAPS = {
    verb: verb
    for verb in (
        "defeated fired replaced succeeded appointed nominated hired acquired bought arrested ousted "
        "dismissed pardoned convicted impeached interviewed deported invaded annexed sentenced outspent "
        "trounced edged murdered unseated toppled subpoenaed assassinated shot"
    ).split()
} | {"beat": "beaten"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What may stand for one verb form: with the opposite sense, the same, and a weaker one that it implies.

    `about` holds the lemmas that its object (or its subject, where it takes none) must be one of; any will do where it is empty.
    """

    opposite: str
    like: str
    weaker: str
    about: frozenset[str]
    needs_object: bool


# Past form, participle where it differs, third person | opposite | like | weaker | what it is about.
_TRANSITIVE = """
approved approves | rejected rejects | okayed okays | considered considers | BILLS merger pipeline project drug agreement
rejected rejects | approved approves | turned~down turns~down | considered considers | BILLS offer appeal bid motion
accepted accepts | rejected rejects | agreed~to agrees~to | considered considers | OFFERS
increased increases | reduced reduces | raised raises | changed changes |
reduced reduces | increased increases | lowered lowers | changed changes |
supported supports | opposed opposes | backed backs | considered considers | CAUSES
opposed opposes | supported supports | objected~to objects~to | considered considers | CAUSES nomination
praised praises | condemned condemns | commended commends | spoke~about spoken~about speaks~about |
condemned condemns | praised praises | denounced denounces | commented~on comments~on |
criticized criticizes | praised praises | found~fault~with finds~fault~with | commented~on comments~on |
won wins | lost loses | triumphed~in triumphs~in | competed~in competes~in | CONTESTS
lost loses | won wins | was~beaten~in been~beaten~in is~beaten~in | competed~in competes~in | CONTESTS
launched launches | ended ends | started starts | considered~launching considers~launching | EFFORTS
ended ends | started starts | brought~to~an~end brings~to~an~end | considered~ending considers~ending | PRACTICES
confirmed confirms | denied denies | affirmed affirms | commented~on comments~on | CLAIMS detail existence
denied denies | confirmed confirms | rejected rejects | commented~on comments~on | CLAIMS charge allegation accusation
banned bans | allowed allows | prohibited prohibits | considered~banning considers~banning |
blocked blocks | allowed allows | stopped stops | tried~to~block tries~to~block | ACTS order move effort merger deal nomination vote
passed passes | voted~down votes~down | adopted adopts | voted~on votes~on | ACTS
bought buys | sold sells | purchased purchases | considered~buying considers~buying |
hired hires | fired fires | took~on taken~on takes~on | considered~hiring considers~hiring |
fired fires | hired hires | dismissed dismisses | considered~firing considers~firing | STAFF
released releases | withheld withholds | made~public makes~public | considered~releasing considers~releasing | PAPERS
signed signs | vetoed vetoes | signed~into~law signs~into~law | considered considers | bill legislation
repealed repeals | kept keeps | revoked revokes | considered~repealing considers~repealing |
upheld upholds | struck~down strikes~down | affirmed affirms | reviewed reviews |
overturned overturns | upheld upholds | reversed reverses | reviewed reviews |
strengthened strengthens | weakened weakens | reinforced reinforces | affected affects |
weakened weakens | strengthened strengthens | undermined undermines | affected affects |
"""
_INTRANSITIVE = """
rose risen rises | fell fallen falls | climbed climbs | changed changes | SIZES
fell fallen falls | rose risen rises | dropped drops | changed changes | SIZES
dropped drops | rose risen rises | declined declines | changed changes | SIZES
declined declines | increased increases | decreased decreases | changed changes | SIZES
increased increases | decreased decreases | went~up gone~up goes~up | changed changes | SIZES
jumped jumps | plunged plunges | rose~sharply risen~sharply rises~sharply | changed changes | SIZES
improved improves | worsened worsens | got~better gotten~better gets~better | changed changes |
"""
# What stands for a list of lemmas in the last column.
_KINDS = {
    "SIZES": "rate price number unemployment stock share sale income support rating revenue cost spending wage percentage deficit "
    "export temperature crime index premium level case death population earnings profit turnout approval salary enrollment rent debt",
    "BILLS": "bill plan measure deal request proposal law legislation resolution budget amendment",
    "CONTESTS": "election race primary contest game caucus debate battle runoff championship",
    "CAUSES": "bill plan measure deal proposal law legislation resolution idea amendment war ban repeal effort move",
    "EFFORTS": "campaign investigation program war probe effort operation offensive bid inquiry",
    "STAFF": "director manager adviser secretary staff employee official chief aide worker attorney prosecutor commissioner",
    "PAPERS": "report video document memo transcript list data plan record tape photo letter return name",
    "OFFERS": "offer deal proposal plan request invitation term demand resignation",
    "CLAIMS": "report claim account story",
    "ACTS": "bill law legislation measure resolution budget amendment act plan",
    "PRACTICES": "war program campaign practice policy investigation relationship strike talk bid",
}


def _read_table(table: str, needs_object: bool) -> dict[tuple[str, str], Entry]:
    """Return {(form, tag): what may stand for it}; a tilde stands for a space."""
    found: dict[tuple[str, str], Entry] = {}
    for line in table.strip().splitlines():
        *columns, listed = (part.split() for part in line.split("|"))
        about = frozenset(lemma for word in listed for lemma in _KINDS.get(word, word).split())
        for at, tag in enumerate(("VBD", "VBN", "VBZ")):
            form, opposite, like, weaker = (_pick_form(column, at) for column in columns)
            found[form, tag] = Entry(opposite, like, weaker, about, needs_object)
    return found


def _pick_form(forms: list[str], at: int) -> str:
    """Return the past form (0), the participle (1) or the third person (2) of two or three forms."""
    return (forms if len(forms) > 2 else [forms[0], *forms])[at].replace("~", " ")


VERBS = _read_table(_TRANSITIVE, True) | _read_table(_INTRANSITIVE, False)
