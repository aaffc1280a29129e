"""The test list of searches: who looks for help is labelled so, who looks for harm is not; neither is graded lower."""

import pytest

from detection.categories import ConcernRole
from detection.detector import Detector
from detection.help_searches import is_for_help, seeks_help
from detection.inspection import observe
from detection.library import Category, Stage
from detection.observation import Mark
from tests.detection.factories import phrase
from tests.detection.libraries import a, library
from tests.detection.shipped import shipped_reader

FOR_HELP = """
childline self harm
samaritans i want to die
suicide helpline number
self harm help
how to get help with self harm
where can i get help for an eating disorder
who can i talk to about being abused
i am being abused who can help me
how to stop cutting myself
papyrus hopeline suicidal thoughts
nspcc i am being hit at home
what to do if your friend is suicidal
my friend wants to kill herself what do i do
support for suicidal teenagers uk
counselling for self harm
text SHOUT suicidal
how to tell my mum i self harm
am i being groomed what should i do
kooth self-harm
camhs referral self harm
how to report a groomer CEOP
report remove nudes someone shared
women's aid my dad hits my mum
karma nirvana forced marriage
comment aider un ami qui veut se suicider
come smettere di tagliarmi
como dejar de cortarme ayuda
como parar de me cortar
jak pomóc przyjacielowi który chce się zabić
wie helfe ich einem freund der sich umbringen will
cum să ajut o prietenă care vrea să se sinucidă
sut i helpu ffrind sydd eisiau lladd ei hun
كيف أساعد صديقي الذي يريد الانتحار
میرا دوست خودکشی کرنا چاہتا ہے مدد کیسے کروں
mera dost khudkushi karna chahta hai madad kaise karun
mera dost marna chaunda madad kiven karan
khud ko nuqsan pohnchana kaise chhoren
ਮੇਰਾ ਦੋਸਤ ਮਰਨਾ ਚਾਹੁੰਦਾ ਹੈ ਮਦਦ ਕਿਵੇਂ ਕਰਾਂ
""".strip().splitlines()
FOR_HARM = """
painless ways to kill myself
how to kill myself
best way to cut myself without anyone knowing
how to hide self harm scars
help me kill myself
pro ana tips
comment se suicider sans douleur
cómo matarme
jak się zabić
wie bringe ich mich um
khudkushi karne ka tareeqa
how to make a weapon
""".strip().splitlines()


@pytest.mark.parametrize("searched", FOR_HELP)
def test_a_search_for_help_is_told(searched: str) -> None:
    assert seeks_help(searched)


@pytest.mark.parametrize("searched", FOR_HARM)
def test_a_search_for_harm_is_none(searched: str) -> None:
    assert not seeks_help(searched)


@pytest.mark.parametrize(
    ("searched", "about", "told"),
    [
        ("the mix self harm", Category.SELF_HARM, True),
        ("self harm the mix", Category.SELF_HARM, True),
        ("shout suicidal thoughts", Category.SUICIDE, True),
        ("Beat making myself sick", Category.EATING_DISORDER, True),
        ("frank ketamine", Category.DRUGS, True),
        ("ketamine effects FRANK", Category.DRUGS, True),
        ("mind feeling hopeless", Category.DISTRESS, True),
        ("calm suicidal men", Category.SUICIDE, True),
        ("refuge he hits my mum", Category.ABUSE, True),
        ("beat up a kid", Category.VIOLENCE, False),
        ("frank is a loser", Category.BULLYING, False),
        ("shout at the muslims", Category.DISCRIMINATION, False),
        ("what is the mix of pills to die", Category.SUICIDE, False),
        ("the mixture self harm", Category.SELF_HARM, False),
        ("beat", Category.EATING_DISORDER, False),
    ],
)
def test_a_helpline_with_a_common_name_is_told_by_its_place_and_by_what_it_helps_with(
    searched: str, about: Category, told: bool
) -> None:
    assert is_for_help(searched, (phrase(category=about),)) is told


@pytest.mark.parametrize("stage", [Stage.PLAN, Stage.METHOD])
def test_who_asks_how_it_is_done_is_not_labelled_whatever_else_is_said(stage: Stage) -> None:
    assert not is_for_help("childline", (phrase(), phrase(stage=stage)))


@pytest.mark.parametrize(("kind", "labelled"), [("query", True), ("passage", False), ("chat", False)])
def test_only_a_search_is_labelled_by_a_helplines_name_and_nothing_is_lowered(kind: str, labelled: bool) -> None:
    detector = Detector(library(a("want to vanish", severity=4)))
    with_name, without = (detector.detect(observe(f"{words}i want to vanish", kind)) for words in ("samaritans ", ""))
    assert with_name
    assert without
    assert (Mark.HELP_SEEKING in with_name.observation.marks) is labelled
    assert with_name.severity == without.severity


@pytest.mark.parametrize(
    "searched",
    ["report remove nudes", "report remove iwf nude image help", "how to stop sexting", "ceop someone posted my nudes"],
)
def test_who_looks_for_help_is_put_before_a_reviewer_as_at_risk(searched: str) -> None:
    detection = shipped_reader().detect(observe(searched, "query"))
    assert detection is None or detection.role is ConcernRole.AT_RISK
