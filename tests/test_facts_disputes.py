"""A dispute that one sentence tells of: who denies what whom says."""

from __future__ import annotations

import pytest
from conftest import make_article, make_claim

from detector.facts.disputes import find_dispute
from detector.split import split_claims

DISPUTES = [
    ("Ukraine denies claims, promoted by Trump, that its forces are encircled in Kursk, but they are under significant pressure.",
     "Ukraine", "Trump"),
    ("The union rejected the company's statement that the plant would close.",
     "union", "company"),
    ("The minister said the dam was safe, which engineers denied.",
     "engineers", "minister"),
    ("The mayor said the bridge was safe, but engineers dispute that.",
     "engineers", "mayor"),
    ("Police accused the driver of speeding, a charge he denies.",
     "driver", "Police"),
    ("Claims by the opposition that votes were bought were rejected by the electoral commission.",
     "electoral commission", "opposition"),
    ("The airline dismissed allegations from pilots that safety checks had been skipped.",
     "airline", "pilots"),
    ("The mayor contradicted the police chief, saying that no shots were fired.",
     "mayor", "police chief"),
    ("Rebels say they hold the town, a claim denied by the army.",
     "army", "Rebels"),
    ("The minister denied reports that she would resign.",
     "minister", ""),
    ("Accused by regulators of hiding losses, the bank denies the allegations.",
     "bank", "regulators"),
    ("Nurses said patients had waited for days, but the hospital denied that anyone had been turned away.",
     "hospital", "Nurses"),
    ("The agent claimed that the striker would leave; the club denied it.",
     "club", "agent"),
    ("Beijing rejected Washington's accusation that it had hacked the network.",
     "Beijing", "Washington"),
    ("The company denied claims by residents that the river had been polluted.",
     "company", "residents"),
    ("Farmers disputed the government's account of the protest.",
     "Farmers", "government"),
    ("Police dismissed rumours of a second gunman.",
     "Police", ""),
    ("The prosecutor contradicted the minister, saying the files had been found.",
     "prosecutor", "minister"),
    ("Ortiz accused Alvarez of bribery, which Alvarez denies.",
     "Alvarez", "Ortiz"),
    ("The factory's owner, rejecting workers' claims that the gas leaked, reopened on Monday.",
     "factory's owner", "workers"),
    ("Novak has repeatedly rejected the suggestion that the vote was rigged.",
     "Novak", ""),
    ("A claim by rebels that the airport had fallen was denied by a spokesman for the ministry.",
     "spokesman for the ministry", "rebels"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "denier", "sayer"), DISPUTES)
def test_who_denies_what_whom_says(read_sentence, text, denier, sayer):
    assert find_dispute(read_sentence(text)) == (denier, sayer)


@pytest.mark.parametrize(
    "text",
    [
        "The court rejected the appeal.",
        "The guard denied her entry to the museum.",
        "The minister did not deny reports that she would resign.",
        "The company denied wrongdoing.",
        "The company denied that it had dumped waste.",
        "The insurer rejected claims by flood victims for damages.",
        "The union rejected the offer by the company.",
        "The parliament dismissed the minister.",
        "The driver contested the fine.",
        "If the minister denies the claim that she lied, the inquiry will go on.",
        "The firm would deny claims that it cheated.",
        "He disputed the goal with the referee.",
        "The army confirmed reports that the bridge was destroyed.",
        "The mayor said the bridge was safe and engineers agreed.",
        "The judge challenged the lawyers to finish by noon.",
        "The insurer rejected claims by flood victims.",
        '"We deny claims that we cheated," the sign read.',
        "The museum rejected the painting that he claimed was real.",
        "She said she had been denied a fair trial.",
        "Voters rejected the plan that the mayor said would save money.",
        "The team challenged the champions.",
        "Both sides said talks would go on.",
    ],
)
def test_what_tells_of_no_dispute(read_sentence, text):
    assert find_dispute(read_sentence(text)) is None


def test_a_claim_keeps_its_dispute_with_full_names():
    article = make_article(
        "Mayor Lena Ortiz spoke on Monday. Residents said the dam was cracked, which Ortiz denied.", day="2025-04-10"
    )
    assert [claim.dispute for claim in split_claims([article])] == [None, ("Lena Ortiz", "Residents")]
    assert make_claim("The union rejected the firm's statement that the plant would close.").dispute == (
        "union",
        "firm",
    )
